package org.showroomlab.jobs.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.packed.Lines;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/** Reads a file of events, plain or gzip, in blocks of whole lines with the number of the first. */
final class EventFileFormat implements BulkFormat<RawRecords, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final int BLOCKS_PER_BATCH = 4;

    private final List<String> sources;

    private EventFileFormat(List<String> sources) {
        this.sources = sources;
    }

    /** A format for files that are known as sources by their place in this list. */
    static EventFileFormat of(List<String> sources) {
        return new EventFileFormat(List.copyOf(sources));
    }

    @Override
    public BulkFormat.Reader<RawRecords> createReader(Configuration config, FileSourceSplit split) {
        Path file = Path.of(split.path().getPath());
        return new FileReader(file, Collections.binarySearch(sources, file.toString()));
    }

    @Override
    public BulkFormat.Reader<RawRecords> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        Path file = Path.of(split.path().getPath());
        FileReader reader = new FileReader(file, Collections.binarySearch(sources, file.toString()));
        long seen = split.getReaderPosition()
                .map(CheckpointedPosition::getRecordsAfterOffset)
                .orElse(0L);
        reader.skip(seen);
        return reader;
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<RawRecords> getProducedType() {
        return WireType.writtenBy(RawRecordsFormat.class);
    }

    private static final class FileReader implements BulkFormat.Reader<RawRecords> {
        private final Path file;
        private final int source;
        private final LineBlocks lines;
        /** Blocks to be used again: the thread that reads takes them, the one that decodes gives them back. */
        private final Queue<byte[]> rooms = new ConcurrentLinkedQueue<>();

        private long nextLine = 1;
        private long blocks;

        FileReader(Path file, int source) {
            this.file = file;
            this.source = source;
            try {
                this.lines = new LineBlocks(EventFiles.open(file));
            } catch (IOException e) {
                throw problem(e);
            }
        }

        void skip(long count) {
            for (long i = 0; i < count; i++) {
                next();
            }
        }

        @Override
        public BulkFormat.@Nullable RecordIterator<RawRecords> readBatch() {
            long before = blocks;
            RawRecords[] batch = new RawRecords[BLOCKS_PER_BATCH];
            int size = 0;
            RawRecords block = null;
            while (size < batch.length && (block = next()) != null) {
                batch[size++] = block;
            }
            if (size == 0) {
                return null;
            }
            ArrayResultIterator<RawRecords> records = new ArrayResultIterator<>(() -> takeBack(batch));
            records.set(batch, size, CheckpointedPosition.NO_OFFSET, before);
            return records;
        }

        /** The blocks of a batch that has been decoded, or written to the network. */
        private void takeBack(@Nullable RawRecords[] batch) {
            for (RawRecords each : batch) {
                if (each != null && each.bytes().length == LineBlocks.BLOCK_BYTES) {
                    rooms.add(each.bytes());
                }
            }
        }

        private @Nullable RawRecords next() {
            try {
                byte[] free = rooms.poll();
                LineBlocks.Block block = lines.next(free == null ? new byte[LineBlocks.BLOCK_BYTES] : free);
                if (block == null) {
                    return null;
                }
                RawRecords records = new RawRecords(source, RawRecords.FILE, nextLine, block.bytes(), block.length());
                int count = Lines.count(block.bytes(), block.length());
                nextLine += count;
                blocks++;
                ReadProgress.addRecords(count);
                return records;
            } catch (IOException e) {
                throw problem(e);
            }
        }

        private InputProblem problem(IOException e) {
            String what = file.toString().endsWith(".gz") ? "is not a whole gzip file" : "cannot be read";
            return new InputProblem(
                    "the file " + file + " " + what + " ("
                            + (e instanceof EOFException ? "it ends too early" : e.getMessage()) + ") after line "
                            + (nextLine - 1),
                    e);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
