package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.Store;

/** Which records are events: the SQL's rules against the codec's, which were written independently. */
class JudgedRecordsTest {
    private static final LoadedExperiment EXPERIMENT = ExperimentFiles.parse("small.yaml", """
            id: small
            start: 2026-01-05T00:00:00Z
            end: 2026-01-06T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: m, type: mean, event: visit}]
            """);

    /** One event of each type, with all that it requires. */
    private static final List<String> EVENTS = List.of(
            "'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'v'",
            "'type':'cache_timing','id':'e','ts':1,'showroom':'s','cache':'c'",
            "'type':'purchase','id':'e','ts':1,'showroom':'s','visitor':'v','order':'o','kind':'sale'",
            "'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':1",
            "'type':'walk','id':'e','ts':1,'showroom':'s'",
            "'type':7,'id':'e','ts':1,'showroom':'s'",
            "'id':'e','ts':1,'showroom':'s'");

    private static final List<String> FIELDS = List.of(
            "region",
            "page",
            "served_by",
            "status",
            "failover",
            "lcp_ms",
            "quantity",
            "amount_minor",
            "currency",
            "plan",
            "visitor",
            "cache",
            "order",
            "kind",
            "sku",
            "on_hand",
            "new");

    private static final List<String> VALUES = List.of(
            "null",
            "'x'",
            "''",
            "'hit'",
            "'EUR'",
            "'sale'",
            "true",
            "7",
            "-7",
            "1.5",
            "1e30",
            "1".repeat(1_001),
            "0." + "1".repeat(1_001),
            "7." + "0".repeat(1_001),
            "7" + "0".repeat(1_001) + "e-1001",
            "0e999999999999",
            "1e99999999999999999999",
            "-1e-99999999999999999999",
            "'7'",
            "[]",
            "[1,'a']",
            "{}",
            "{'a':{'b':[null]}}",
            "{'a':{'a':[{'a':1},{'a':1}]},'b':{'a':1}}",
            "{'a':[{'b':{}},{'b':1,'c':{},'\\u0062' :2}]}",
            "{'a':{'b':'a','b:':':','c':{'a':1,'b':1}},'b':0,'c':0}",
            "[".repeat(1_001) + "]".repeat(1_001),
            "{'a':".repeat(1_001) + "0" + "}".repeat(1_001),
            "{'a':".repeat(1_001) + "{'b':1,'b':2}" + "}".repeat(1_001),
            "'L\\ud800'",
            "{'a':'\\udc00\\ud800'}",
            "'\\ud83c\\udf88'");

    private static final List<String> ATTRIBUTES = List.of(
            "7",
            "'100e2147483647'",
            "1e999999",
            "1e-999999",
            "1e1000000000",
            "0e2147483647",
            "-100e2147483647",
            "1.5e2147483640",
            "1e-2147483640",
            "1".repeat(1_001),
            "0." + "1".repeat(1_001),
            "0e999999999999",
            "1e99999999999",
            "-1e99999999999999999999",
            "1e-99999999999999999999");

    private static final List<String> INSTANTS = List.of(
            "true",
            "{}",
            "1.5",
            "1e3",
            "-5",
            "253402300799999",
            "253402300800000",
            "99999999999999999999",
            "'2026-01-05T09:30:00+23:59'",
            "'2026-01-05T09:30:00-23:59'",
            "'2026-01-05T09:30:00+18:01'",
            "'2026-01-05T09:30:00+24:00'",
            "'2026-01-05T09:30:00+23:60'",
            "'2026-01-05T09:30:00+0100'",
            "'2026-01-05T09:30:00+01'",
            "'2026-01-05T09:30:00-01:00:30'",
            "'2026-01-05T09:30:00.Z'",
            "'2026-01-05T09:30:00.1Z'",
            "'2026-01-05T09:30:00.1234567890123-00:30'",
            "'2026-01-05T09:30:00,1Z'",
            "'2026-01-05t09:30:00z'",
            "'2026-01-05 09:30:00Z'",
            "'2026-01-05T09:30Z'",
            "'2026-01-05T09:30+01:00:30'",
            "'+02026-01-05T09:30:00Z'",
            "'02026-01-05T09:30:00Z'",
            "'0000-01-01T00:00:00Z'",
            "'2026-02-29T09:30:00Z'",
            "'2026-1-05T09:30:00.00Z'",
            "'\u00d9\u00a2026-01-05T09:30:00Z'",
            "'2026-01-05T23:59:60Z'",
            "'1970-01-01T23:59:00+23:59'",
            "'1970-01-01T23:58:59+23:59'",
            "'1969-12-31T00:01:00-23:59'",
            "'9999-12-31T23:59:59-00:01'");

    /** Of a record that breaks after a name has stood twice, the name is what is told. */
    private static final List<String> NO_OBJECTS = List.of(
            "7",
            "7 8",
            "[]",
            "[1",
            "[1,]",
            "nonsense",
            "'x'",
            "{}",
            "{} {}",
            "{'type':'visit','id':'e'",
            "{'type':'visit','id':'e",
            "{'type':'visit','id':'e','id':'e'",
            "{'type':'visit','id' :'e','id':",
            "{'type':'visit','id':'e','id'7}",
            "{'type':'visit','id':'e','\\u0069d':'e',}",
            "{'':1,'':2,",
            "{'a':{'id':1,'id':2},'b':NaN}",
            "{'type':'visit','a':'visit','b':NaN}");

    private static final List<String> NO_TEXTS =
            List.of("\u00c3", "\u00c0\u00af", "\u00e0\u0080\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080");

    @TempDir
    Path folder;

    @Test
    void theSqlAndTheCodecAgreeOnEveryRecord() throws Exception {
        List<byte[]> records = Stream.of(
                        fieldsOfAllTypes(), attributes(), instants(), NO_OBJECTS.stream(), invalidUtf8(), longest())
                .flatMap(s -> s)
                .map(json -> json.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        Map<Integer, Refusal> refused = refused(records);
        List<Difference> differences = new ArrayList<>();
        Verification found = verify(records, refused, differences);
        assertThat(differences.stream().filter(d -> d.table().equals("dead_letter_rows")))
                .isEmpty();
        assertThat(refused.keySet()).hasSizeBetween(records.size() / 4, records.size() * 3 / 4);
        assertThat(found.tables()).contains(new Verification.TableAgreement("dead_letter_rows", refused.size(), 0));
    }

    @Test
    void theEntryThatIsWrongIsCompared() throws Exception {
        String visit = "{\"type\":\"visit\",\"id\":\"i\",\"ts\":1,\"showroom\":\"s\",\"visitor\":\"v\",";
        List<byte[]> records = Stream.of("\"exposures\":{\"e\":5,\"f\":\"a\"}}", "\"attributes\":{\"x\":true}}")
                .map(map -> (visit + map).getBytes(StandardCharsets.UTF_8))
                .toList();
        Map<Integer, Refusal> refused = refused(records);
        refused.replaceAll((line, r) -> new Refusal(r.code(), r.field() + "-else", r.detail()));
        List<Difference> differences = new ArrayList<>();
        verify(records, refused, differences);
        assertThat(differences.stream().filter(d -> d.table().equals("dead_letter_rows")))
                .extracting(Difference::stored, Difference::recomputed)
                .containsExactlyInAnyOrder(
                        tuple("exposures.e-else", "exposures.e"), tuple("attributes.x-else", "attributes.x"));
    }

    /** By line. */
    private static Map<Integer, Refusal> refused(List<byte[]> records) {
        Map<Integer, Refusal> refused = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            if (EventCodec.decode(records.get(i)) instanceof Decoded.Refused r) {
                refused.put(i + 1, r.refusal());
            }
        }
        return refused;
    }

    private Verification verify(List<byte[]> records, Map<Integer, Refusal> refused, List<Difference> differences)
            throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] each : records) {
            lines.writeBytes(each);
            lines.write('\n');
        }
        Path events = Files.write(folder.resolve("events.ndjson"), lines.toByteArray());
        Path database = folder.resolve("judged.duckdb");
        try (Store store = Store.open(database)) {
            store.replace(List.of(EXPERIMENT), List.of());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into dead_letter_rows values ('run:small', ?, ?, ?, ?, '', ?)")) {
            for (Map.Entry<Integer, Refusal> letter : refused.entrySet()) {
                insert.setString(1, events.toString());
                insert.setString(2, letter.getKey().toString());
                insert.setString(3, letter.getValue().code().wireName());
                insert.setString(4, letter.getValue().field());
                insert.setBytes(5, records.get(letter.getKey() - 1));
                insert.execute();
            }
        }
        return new Verify(List.of(EXPERIMENT.experiment()), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), differences::add);
    }

    private static Stream<String> fieldsOfAllTypes() {
        return EVENTS.stream()
                .flatMap(event -> FIELDS.stream()
                        .filter(field -> !event.contains("'" + field + "'"))
                        .flatMap(field ->
                                VALUES.stream().map(value -> "{" + event + ",'" + field + "':" + value + "}")));
    }

    private static Stream<String> attributes() {
        return ATTRIBUTES.stream().map(value -> "{" + EVENTS.get(0) + ",'attributes':{'x':" + value + "}}");
    }

    private static Stream<String> instants() {
        return INSTANTS.stream().map(instant -> "{" + EVENTS.get(0).replace("'ts':1", "'ts':" + instant) + "}");
    }

    /** What a record of 1 MiB has room for; only the last three are no events. */
    private static Stream<String> longest() {
        return Stream.of(
                        "'new':" + "[".repeat(400_000) + "]".repeat(400_000),
                        "'new':" + "{'a':".repeat(150_000) + "0" + "}".repeat(150_000),
                        "'new':-" + "1".repeat(1_000_000),
                        "'new':1e" + "1".repeat(1_000_000),
                        "'" + "n".repeat(50_001) + "':1",
                        "'" + "n".repeat(1_000_000) + "':1",
                        "'lcp_ms':0." + "1".repeat(1_000_000),
                        "'lcp_ms':" + "1".repeat(1_000_000),
                        "'new':" + "{'a':".repeat(150_000) + "{'b':1,'b':2}" + "}".repeat(150_000),
                        "'new':" + "[".repeat(1_000_000))
                .map(field -> "{" + EVENTS.get(1) + "," + field + "}");
    }

    private static Stream<String> invalidUtf8() {
        return NO_TEXTS.stream()
                .flatMap(bytes -> Stream.of("page", "new", "currency")
                        .map(field -> "{" + EVENTS.get(0) + ",'" + field + "':'" + bytes + "'}"));
    }
}
