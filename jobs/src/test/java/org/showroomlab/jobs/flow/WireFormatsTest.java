package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.ClusterSums;
import org.showroomlab.jobs.count.ClusterUnit;
import org.showroomlab.jobs.count.IdentityTable;
import org.showroomlab.jobs.count.StateSamples;
import org.showroomlab.jobs.count.UnitEntries;
import org.showroomlab.jobs.count.UnitTable;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.wire.AccountingRowFormat;
import org.showroomlab.jobs.wire.BatchFormat;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.ClusterSumsFormat;
import org.showroomlab.jobs.wire.ClusterUnitFormat;
import org.showroomlab.jobs.wire.DeadLetterFormat;
import org.showroomlab.jobs.wire.IdentityTableFormat;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.ShowroomProgressFormat;
import org.showroomlab.jobs.wire.UnitTableFormat;
import org.showroomlab.jobs.wire.WireFormat;
import org.showroomlab.jobs.wire.WireSerializer;
import org.showroomlab.jobs.wire.WireSerializerSnapshot;

/** Every format there is: what it writes it reads, and Flink is told the truth about its versions. */
class WireFormatsTest {
    private static final Map<Class<?>, Sample<?>> SAMPLES = samples();

    /**
     * Something to write.
     *
     * @param facts all that a value says, as something that can be compared
     */
    private record Sample<T>(Class<? extends WireFormat<T>> format, T value, Function<T, Object> facts) {}

    private static Map<Class<?>, Sample<?>> samples() {
        Map<Class<?>, Sample<?>> samples = new HashMap<>();
        byte[] bytes = {1, 2, 3, -4};
        CellKey key =
                new CellKey(CellKey.Table.HISTOGRAMS, "e", "m", "v", "attributes.tier", "größe", "c", 7, -1, 20_000);
        Cell cell = StateSamples.cell();
        ClusterUnit unit = new ClusterUnit(3, "c1", 12);
        add(samples, AccountingRowFormat.class, new AccountingRow("a", 1, 2, 3, 4, 5, 6, 7, 8, 9), row -> row);
        add(
                samples,
                BatchFormat.class,
                new Batch(5, bytes, 3),
                b -> List.of(b.bucket(), b.length(), ByteBuffer.wrap(b.bytes(), 0, b.length())));
        add(samples, CellFormat.class, cell, c -> c);
        add(samples, CellKeyFormat.class, key, k -> k);
        add(samples, CellChangeFormat.class, new CellChange(7, key, cell, null), c -> c);
        add(samples, AccountChangeFormat.class, new AccountChange("a", null, new AccountChange.Reached(3, 5)), c -> c);
        add(samples, ClusterUnitFormat.class, unit, u -> u);
        add(samples, ClusterSumsFormat.class, StateSamples.clusterSums(), WireFormatsTest::facts);
        add(
                samples,
                ClusterChangeFormat.class,
                new ClusterChange(unit, StateSamples.clusterSums()),
                c -> List.of(c.unit(), facts(c.change())));
        add(
                samples,
                DeadLetterFormat.class,
                new DeadLetterRow("a", "3/4", "malformed_json", null, "what", bytes),
                d -> d.rowKey() + d.code() + d.field() + d.detail() + ByteBuffer.wrap(d.bytes()));
        add(samples, IdentityTableFormat.class, StateSamples.identities(), WireFormatsTest::facts);
        add(samples, UnitTableFormat.class, StateSamples.histories(), WireFormatsTest::facts);
        add(
                samples,
                RawRecordsFormat.class,
                new RawRecords(1, 2, 3, Arrays.copyOf(bytes, bytes.length + 5), bytes.length),
                r -> List.of(r.source(), r.partition(), r.position(), ByteBuffer.wrap(r.bytes(), 0, r.length())));
        add(samples, ShowroomProgressFormat.class, new ShowroomProgress("s", -5), p -> p);
        return samples;
    }

    private static <T> void add(
            Map<Class<?>, Sample<?>> samples,
            Class<? extends WireFormat<T>> format,
            T value,
            Function<T, Object> facts) {
        samples.put(format, new Sample<>(format, value, facts));
    }

    private static Object facts(IdentityTable table) {
        Set<ByteBuffer> identities = new HashSet<>();
        try {
            table.writeTo((bytes, length) -> {
                for (int from = 0; from < length; from += IdentityTable.ENTRY_BYTES) {
                    identities.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + IdentityTable.ENTRY_BYTES)));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Long, ByteBuffer> parts = new HashMap<>();
        table.clusterParts().forEach((identity, part) -> parts.put(identity, ByteBuffer.wrap(part)));
        return List.of(table.size(), identities, table.copies(), table.unusual(), parts);
    }

    private static Object facts(UnitTable table) {
        Set<Object> histories = new HashSet<>();
        table.forEach(unit -> {
            PackedWriter packed = new PackedWriter(64);
            UnitEntries.pack(unit, packed);
            histories.add(ByteBuffer.wrap(packed.toByteArray()));
        });
        return List.of(table.size(), histories);
    }

    private static Object facts(ClusterSums sums) {
        List<Object> facts = new ArrayList<>();
        sums.days().forEach((number, day) -> {
            facts.add(List.of(number, day.exposures()));
            day.slices().forEach((slice, of) -> facts.add(List.of(slice, of.events(), new ArrayList<>(of.metrics()))));
        });
        return facts;
    }

    @Test
    void everyFormatHasASample() throws Exception {
        assertThat(SAMPLES.keySet()).isEqualTo(formatsOnTheClassPath());
    }

    private static Set<Class<?>> formatsOnTheClassPath() throws Exception {
        Path classes = Path.of(WireFormat.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<Class<?>> formats = new HashSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '.');
                Class<?> found = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (WireFormat.class.isAssignableFrom(found) && !Modifier.isAbstract(found.getModifiers())) {
                    formats.add(found);
                }
            }
        }
        return formats;
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        for (Sample<?> sample : SAMPLES.values()) {
            assertIsRead(sample);
        }
    }

    private static <T> void assertIsRead(Sample<T> sample) throws IOException {
        WireSerializer<T> serializer = new WireSerializer<>(sample.format);
        Object expected = sample.facts.apply(sample.value);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(sample.value, out);
        // Another value behind it: nothing of it may be read, nothing may be left.
        serializer.serialize(sample.value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        for (int i = 0; i < 2; i++) {
            T read = serializer.deserialize(in);
            assertThat(sample.facts.apply(read)).as("%s", sample.format).isEqualTo(expected);
            assertThat(type(sample.format)).isEqualTo(read.getClass());
        }
        assertThat(in.available()).as("%s", sample.format).isZero();
        assertThat(sample.facts.apply(serializer.copy(sample.value))).isEqualTo(expected);
        assertIsCopied(serializer, sample, expected);
    }

    /** The copy from bytes to bytes, which state backends use. */
    private static <T> void assertIsCopied(TypeSerializer<T> serializer, Sample<T> sample, Object expected)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(sample.value, out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        T read = serializer.duplicate().deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
        assertThat(sample.facts.apply(read)).as("%s", sample.format).isEqualTo(expected);
    }

    @Test
    void aSavepointsVersionDecidesWhatBecomesOfItsBytes() throws IOException {
        for (Sample<?> sample : SAMPLES.values()) {
            assertVersionsDecide(sample);
        }
    }

    private static <T> void assertVersionsDecide(Sample<T> sample) throws IOException {
        int version = version(sample.format);
        assertThat(compatibility(sample, version).isCompatibleAsIs()).isTrue();
        assertThat(compatibility(sample, version - 1).isCompatibleAfterMigration())
                .isTrue();
        assertThat(compatibility(sample, version + 1).isIncompatible()).isTrue();
    }

    private static int version(Class<? extends WireFormat<?>> format) {
        return instance(format).version();
    }

    private static Class<?> type(Class<? extends WireFormat<?>> format) {
        return instance(format).type();
    }

    private static WireFormat<?> instance(Class<? extends WireFormat<?>> format) {
        try {
            return format.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a format needs a public no-argument constructor: " + format, e);
        }
    }

    private static <T> TypeSerializerSchemaCompatibility<T> compatibility(Sample<T> sample, int savedVersion)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(sample.format.getName());
        out.writeInt(savedVersion);
        WireSerializerSnapshot<T> saved = new WireSerializerSnapshot<>();
        saved.readSnapshot(
                saved.getCurrentVersion(),
                new DataInputDeserializer(out.getCopyOfBuffer()),
                WireFormatsTest.class.getClassLoader());
        return new WireSerializer<>(sample.format).snapshotConfiguration().resolveSchemaCompatibility(saved);
    }

    @Test
    void aFormatOfAnotherTypeIsIncompatible() {
        assertThat(snapshotOf(CellFormat.class)
                        .resolveSchemaCompatibility(cast(snapshotOf(CellKeyFormat.class)))
                        .isIncompatible())
                .isTrue();
    }

    private static <T> TypeSerializerSnapshot<T> snapshotOf(Class<? extends WireFormat<T>> format) {
        return new WireSerializer<T>(format).snapshotConfiguration();
    }

    @SuppressWarnings("unchecked") // the wrong type is the point
    private static <T> TypeSerializerSnapshot<T> cast(TypeSerializerSnapshot<?> snapshot) {
        return (TypeSerializerSnapshot<T>) snapshot;
    }
}
