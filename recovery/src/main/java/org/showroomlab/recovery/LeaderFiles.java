package org.showroomlab.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.jspecify.annotations.Nullable;

/** Who leads: one lock, and per component a file with the leader's session and address. */
final class LeaderFiles {
    private final Path folder;

    LeaderFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** The lock that the leader holds, or null while another process does; a process that dies lets go of it. */
    @Nullable
    FileLock tryLock() throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    void write(String component, LeaderInformation leader) throws IOException {
        if (leader.isEmpty()) {
            delete(component);
            return;
        }
        String text = leader.getLeaderSessionID() + "\n" + leader.getLeaderAddress();
        RecordFile.write(folder.resolve(component), text.getBytes(StandardCharsets.UTF_8));
    }

    LeaderInformation read(String component) throws IOException {
        try {
            String[] lines = Files.readString(folder.resolve(component)).split("\n", 2);
            return LeaderInformation.known(UUID.fromString(lines[0]), lines[1]);
        } catch (NoSuchFileException e) {
            return LeaderInformation.empty();
        }
    }

    void delete(String component) throws IOException {
        Files.deleteIfExists(folder.resolve(component));
    }
}
