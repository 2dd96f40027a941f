package org.showroomlab.reports.export.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A workbook's archive without the clock: the library writes the moment of writing into its properties.
 *
 * <p>It goes through a file because the library's archive says its sizes only in the directory at its end, which
 * {@code java.util.zip} reads from files alone.
 */
final class StableArchive {
    /** The first that a zip file can say. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private StableArchive() {}

    static byte[] of(byte[] workbook, Instant created) throws IOException {
        Path file = Files.createTempFile("showroom-workbook-", ".xlsx");
        try {
            Files.write(file, workbook);
            try (ZipFile archive = new ZipFile(file.toFile())) {
                return rewritten(archive, created);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static byte[] rewritten(ZipFile from, Instant created) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ZipEntry> entries = from.stream().map(ZipEntry.class::cast).toList();
        try (ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : entries) {
                ZipEntry stable = new ZipEntry(entry.getName());
                stable.setTimeLocal(ENTRY_TIME);
                to.putNextEntry(stable);
                to.write(content(from, entry, created));
                to.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] content(ZipFile from, ZipEntry entry, Instant created) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            byte[] content = in.readAllBytes();
            return entry.getName().equals("docProps/core.xml") ? dated(content, created) : content;
        }
    }

    private static byte[] dated(byte[] properties, Instant created) {
        return new String(properties, StandardCharsets.UTF_8)
                .replaceFirst("(<dcterms:created[^>]*>)[^<]*", "$1" + created)
                .getBytes(StandardCharsets.UTF_8);
    }
}
