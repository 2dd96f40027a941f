package org.showroomlab.recovery;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.blob.BlobUtils;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesFactory;

/**
 * High availability in a local folder: {@code high-availability.type} is the name of this class, and {@code
 * high-availability.storageDir} the folder, which all processes of the cluster must see.
 */
public final class FileHaServicesFactory implements HighAvailabilityServicesFactory {
    @Override
    public HighAvailabilityServices createHAServices(Configuration configuration, Executor executor) throws Exception {
        String storage = configuration.get(HighAvailabilityOptions.HA_STORAGE_PATH);
        if (storage == null) {
            throw new IllegalConfigurationException(
                    HighAvailabilityOptions.HA_STORAGE_PATH.key() + " is missing; allowed: a folder on this machine");
        }
        Path folder = Path.of(new org.apache.flink.core.fs.Path(storage).getPath());
        return new FileHaServices(
                configuration, executor, BlobUtils.createBlobStoreFromConfig(configuration), folder.resolve("records"));
    }
}
