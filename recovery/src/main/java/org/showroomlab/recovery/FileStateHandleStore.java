package org.showroomlab.recovery;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.persistence.IntegerResourceVersion;
import org.apache.flink.runtime.persistence.StateHandleStore;
import org.apache.flink.runtime.state.RetrievableStateHandle;
import org.apache.flink.runtime.state.RetrievableStreamStateHandle;
import org.apache.flink.util.InstantiationUtil;

/** Serialized objects by name, one file each. Only the leader writes, so nothing has to be locked per name. */
final class FileStateHandleStore<T extends Serializable> implements StateHandleStore<T, IntegerResourceVersion> {
    private static final IntegerResourceVersion PRESENT = IntegerResourceVersion.valueOf(0);

    private final Path folder;

    FileStateHandleStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public RetrievableStateHandle<T> addAndLock(String name, T state) throws AlreadyExistException, IOException {
        if (Files.exists(file(name))) {
            throw new AlreadyExistException(name + " is already in " + folder);
        }
        RecordFile.write(file(name), InstantiationUtil.serializeObject(state));
        return handle(file(name));
    }

    @Override
    public void replace(String name, IntegerResourceVersion version, T state) throws NotExistException, IOException {
        requirePresent(name);
        RecordFile.write(file(name), InstantiationUtil.serializeObject(state));
    }

    @Override
    public IntegerResourceVersion exists(String name) {
        return Files.exists(file(name)) ? PRESENT : IntegerResourceVersion.notExisting();
    }

    @Override
    public RetrievableStateHandle<T> getAndLock(String name) throws NotExistException, IOException {
        requirePresent(name);
        return handle(file(name));
    }

    @Override
    public List<Tuple2<RetrievableStateHandle<T>, String>> getAllAndLock() throws IOException {
        List<Tuple2<RetrievableStateHandle<T>, String>> all = new ArrayList<>();
        for (Path file : RecordFile.in(folder)) {
            all.add(Tuple2.of(handle(file), file.getFileName().toString()));
        }
        return all;
    }

    @Override
    public Collection<String> getAllHandles() throws IOException {
        return RecordFile.in(folder).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Override
    public boolean releaseAndTryRemove(String name) throws IOException {
        Files.deleteIfExists(file(name));
        return true;
    }

    @Override
    public void clearEntries() throws IOException {
        for (Path file : RecordFile.in(folder)) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void release(String name) {}

    @Override
    public void releaseAll() {}

    private Path file(String name) {
        return folder.resolve(name);
    }

    private void requirePresent(String name) throws NotExistException {
        if (!Files.exists(file(name))) {
            throw new NotExistException(name + " is not in " + folder);
        }
    }

    private RetrievableStateHandle<T> handle(Path file) throws IOException {
        return new RetrievableStreamStateHandle<>(new org.apache.flink.core.fs.Path(file.toUri()), Files.size(file));
    }
}
