package org.showroomlab.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.RawRecord;
import org.showroomlab.jobs.wire.RawRecordFormat;
import org.showroomlab.jobs.wire.WireType;

/** Reads a file of events, plain or gzip, line by line with its line numbers; blank lines are not records. */
public final class EventFileFormat implements BulkFormat<RawRecord, FileSourceSplit> {
    private static final long serialVersionUID = 1L;
    private static final int BATCH_LINES = 500;

    @Override
    public BulkFormat.Reader<RawRecord> createReader(Configuration config, FileSourceSplit split) {
        return new FileReader(Path.of(split.path().getPath()));
    }

    @Override
    public BulkFormat.Reader<RawRecord> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        FileReader reader = new FileReader(Path.of(split.path().getPath()));
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
    public TypeInformation<RawRecord> getProducedType() {
        return WireType.writtenBy(RawRecordFormat.class);
    }

    private static final class FileReader implements BulkFormat.Reader<RawRecord> {
        private final Path file;
        private final LineReader lines;
        private long lineNumber;
        private long records;

        FileReader(Path file) {
            this.file = file;
            try {
                InputStream counted = ReadProgress.count(Files.newInputStream(file));
                this.lines = new LineReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(counted, 1 << 16) : counted);
            } catch (IOException e) {
                throw problem(e);
            }
        }

        void skip(long records) {
            for (long i = 0; i < records; i++) {
                next();
            }
        }

        @Override
        public BulkFormat.@Nullable RecordIterator<RawRecord> readBatch() {
            long before = records;
            List<RawRecord> batch = new ArrayList<>(BATCH_LINES);
            RawRecord record = null;
            while (batch.size() < BATCH_LINES && (record = next()) != null) {
                batch.add(record);
            }
            ReadProgress.addRecords(batch.size());
            return batch.isEmpty()
                    ? null
                    : new IteratorResultIterator<>(batch.iterator(), CheckpointedPosition.NO_OFFSET, before);
        }

        private @Nullable RawRecord next() {
            try {
                byte[] line = lines.next();
                lineNumber++;
                while (line != null && isBlank(line)) {
                    line = lines.next();
                    lineNumber++;
                }
                records++;
                return line == null ? null : new RawRecord(file.toString(), Long.toString(lineNumber), line);
            } catch (IOException e) {
                throw problem(e);
            }
        }

        private static boolean isBlank(byte[] line) {
            for (byte b : line) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }

        private InputProblem problem(IOException e) {
            String what = file.toString().endsWith(".gz") ? "is not a whole gzip file" : "cannot be read";
            return new InputProblem(
                    "the file " + file + " " + what + " (" + e.getMessage() + ") after line " + lineNumber, e);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
