package org.showroomlab.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;

class EventScannerTest {
    private static final String VISIT = "'type':'visit','id':'e1','ts':1,'showroom':'s','visitor':'u'";
    private static final String TIMING = "'type':'cache_timing','id':'e1','ts':1,'showroom':'s','cache':'c'";

    private final ScannedEvent view = new ScannedEvent();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'page':'a\\u0041'",
                "'page':'a\u0001'",
                "'page':",
                "'page':'a',",
                "'page':'a' 'sku':'b'",
                "'id':'e2'",
                "'region':null,'region':'a'",
                "'x':1,'x':2",
                "'attributes':{'a':1,'a':2}",
                "'attributes':{'a':null,'a':2}",
                "'attributes':{'a':1,}",
                "'attributes':{'a':true}",
                "'exposures':{'a':'b','a':'c'}",
                "'exposures':{'a':null}",
                "'exposures':[]",
                "'x':[1]",
                "'x':01",
                "'x':1e5",
                "'x':nul",
                "'channel':'phone'",
                "'channel':''",
                "'market':'XX'"
            })
    void whatIsUnusualIsLeftToTheCodec(String field) {
        assertThat(scan("{" + VISIT + "," + field + "}")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "250, 250000000",
        "0.05, 50000",
        "12345678, 12345678000000",
        "123456789.25, 123456789250000",
        "1.2345675, 1234568",
        "1.2345665, 1234566",
        "1.23456650000000001, 1234567",
        "0.9999995, 1000000",
        "1234.300000011921, 1234300000",
        "9223372036853.999999, 9223372036853999999"
    })
    void measuredNumbersAreMicrosRoundedHalfEven(String written, long micros) {
        assertThat(scan("{" + TIMING + ",'lcp_ms':" + written + "}")).isTrue();
        assertThat(view.number(FieldNumber.LCP_MS)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "01", "1.", ".5", "1e3", "9223372036854775807", "1 2", "'1'"})
    void otherNumbersAreLeftToTheCodec(String written) {
        assertThat(scan("{" + TIMING + ",'lcp_ms':" + written + ",'x':'some room behind the number'}"))
                .isFalse();
    }

    @Test
    void fieldsOfOtherTypesAreNotThere() {
        assertThat(scan("{" + VISIT + ",'cache':'c','lcp_ms':5,'quantity':2}")).isTrue();
        assertThat(view.has(FieldNumber.CACHE)).isFalse();
        assertThat(view.has(FieldNumber.LCP_MS)).isFalse();
        assertThat(view.has(FieldNumber.QUANTITY)).isFalse();
        assertThat(view.has(FieldNumber.VISITOR)).isTrue();
    }

    @Test
    void nothingOfTheEventBeforeRemains() {
        assertThat(scan("{" + VISIT + ",'page':'p','exposures':{'e':'v'},'attributes':{'a':1}}"))
                .isTrue();
        assertThat(scan("{" + VISIT + "}")).isTrue();
        assertThat(view.has(FieldNumber.PAGE)).isFalse();
        assertThat(view.exposures()).isZero();
        assertThat(view.attributes()).isZero();
    }

    @Test
    void exposuresAndAttributesAreFoundByName() {
        assertThat(scan("{" + VISIT + ",'exposures':{'a':'x','é':'y'},'attributes':{'n':null,'t':'gold','m':-1.50}}"))
                .isTrue();
        assertThat(view.variantEquals(view.exposure(bytes("é")), bytes("y"))).isTrue();
        assertThat(view.exposure(bytes("b"))).isEqualTo(-1);
        assertThat(view.attribute(bytes("n"))).isEqualTo(-1);
        assertThat(view.attributeTextEquals(view.attribute(bytes("t")), bytes("gold")))
                .isTrue();
        assertThat(view.attributeNumber(view.attribute(bytes("m")))).isEqualTo(-1_500_000);
        assertThat(view.attributeText(view.attribute(bytes("m")))).isEqualTo("-1.5");
    }

    @Test
    void moreMembersThanThereIsRoomForAtFirst() {
        String members = IntStream.range(0, 40)
                .mapToObj(i -> "'k" + i + "':'v" + i + "'")
                .collect(Collectors.joining(","));
        assertThat(scan("{" + VISIT + ",'exposures':{" + members + "},'attributes':{" + members + "}}"))
                .isTrue();
        assertThat(Views.exposures(view)).hasSize(40).containsEntry("k39", "v39");
        assertThat(view.attributes()).isEqualTo(40);
    }

    @Test
    void numbersOutOfRangeKeepTheirDigits() {
        byte[] record = bytes("{" + VISIT + ",'attributes':{'x':1e15,'y':1e999999999}}");
        assertThat(EventScanner.scan(record, 0, record.length, view)).isFalse();
        view.load(((Decoded.Accepted) EventCodec.decode(record)).event());
        int x = view.attribute(bytes("x"));
        assertThat(view.attributeOutOfRange(x)).isTrue();
        assertThat(view.attributeText(x)).isEqualTo("1000000000000000");
        assertThat(view.attributeText(view.attribute(bytes("y")))).isEqualTo("1E+999999999");
    }

    @Test
    void plainDigitsAreThoseOfBigDecimal() {
        Random random = new Random(7);
        LongStream edges = LongStream.of(0, 1, -1, 1_000_000, 1_500_000, Long.MIN_VALUE, Long.MAX_VALUE);
        LongStream others = LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(1000);
        LongStream.concat(edges, others)
                .forEach(micros -> assertThat(PlainDecimal.text(micros))
                        .isEqualTo(BigDecimal.valueOf(micros, 6)
                                .stripTrailingZeros()
                                .toPlainString()));
    }

    @Test
    void everyFieldHasItsNumber() {
        for (int field = 0; field < FieldNumber.COUNT; field++) {
            EventField known = EventField.named(FieldNumber.NAMES.get(field)).orElseThrow();
            assertThat(FieldNumber.of(known)).isEqualTo(field);
        }
        EventField attribute = EventField.named("attributes.tier").orElseThrow();
        assertThat(FieldNumber.of(attribute)).isEqualTo(FieldNumber.ATTRIBUTE);
        assertThat(FieldNumber.attributeName(attribute)).isEqualTo(bytes("tier"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> FieldNumber.attributeName(EventField.named("id").orElseThrow()));
    }

    private boolean scan(String json) {
        byte[] record = bytes(json);
        return EventScanner.scan(record, 0, record.length, view);
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** The scanner and the codec's event say the same, whatever of it a record tells. */
    @ParameterizedTest
    @CsvSource({
        "'', false",
        "',\"failover\":true', true",
        "',\"failover\":false,\"served_by\":\"lis-1\"', false",
        "',\"failover\":false,\"served_by\":\"lis-2\"', true",
        "',\"served_by\":\"lis-10\"', true",
        "',\"failover\":true,\"served_by\":\"lis-1\"', true",
        "',\"served_by\":\"\"', false",
        "',\"served_by\":null,\"failover\":null', false"
    })
    void servedElsewhereFollowsFromWhatATimingSays(String more, boolean elsewhere) {
        byte[] record =
                ("{\"type\":\"cache_timing\",\"id\":\"t1\",\"ts\":1767571200000,\"showroom\":\"s\",\"cache\":\"lis-1\""
                                + more + "}")
                        .getBytes(StandardCharsets.UTF_8);
        ScannedEvent view = new ScannedEvent();
        assertThat(EventScanner.scan(record, 0, record.length, view)).isTrue();
        assertThat(view.isServedElsewhere()).isEqualTo(elsewhere);
        Event event = ((Decoded.Accepted) EventCodec.decode(record)).event();
        assertThat(EventField.SERVED_ELSEWHERE.read(event)).isEqualTo(elsewhere);
        ScannedEvent loaded = new ScannedEvent();
        loaded.load(event);
        assertThat(loaded.isServedElsewhere()).isEqualTo(elsewhere);
    }
}
