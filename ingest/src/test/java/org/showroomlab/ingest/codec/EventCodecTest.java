package org.showroomlab.ingest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;

class EventCodecTest {
    private static final String VISIT = "'type':'visit','id':'e1','ts':1768188715701,'showroom':'lx','visitor':'u1'";

    @Test
    void aVisitIsRead() {
        Event.Visit visit = (Event.Visit)
                accepted(
                        "{" + VISIT
                                + ",'page':'install','exposures':{'gate':'gate-40'},'attributes':{'rounds':3,'tier':'gold'},'new':[1,{}]}");
        assertThat(visit.visitor()).isEqualTo("u1");
        assertThat(visit.page()).isEqualTo("install");
        assertThat(visit.header().timestampMillis()).isEqualTo(1768188715701L);
        assertThat(visit.header().exposures()).containsExactly(Map.entry("gate", "gate-40"));
        assertThat(visit.header().attributes())
                .containsEntry("rounds", new AttributeValue.Numeric(new BigDecimal("3.000000")))
                .containsEntry("tier", new AttributeValue.Text("gold"));
    }

    @Test
    void bothFormsOfAnInstantMeanTheSame() {
        assertThat(accepted("{" + VISIT.replace("1768188715701", "'2026-01-12T04:31:55.701+01:00'") + "}")
                        .header()
                        .timestampMillis())
                .isEqualTo(1768188715701L);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T09:30:00+23:59, 2026-01-04T09:31:00Z",
        "2026-01-05T09:30:00.123999-23:59, 2026-01-06T09:29:00.123Z",
        "2026-01-05T09:30:00+18:01, 2026-01-04T15:29:00Z",
        "2026-01-05T09:30:00-00:00, 2026-01-05T09:30:00Z",
        "2026-01-05 09:30:00z, 2026-01-05T09:30:00Z",
        "2026-01-05t09:30:00+05:00, 2026-01-05T04:30:00Z",
        "2026-01-05T09:30:00.1234567890123Z, 2026-01-05T09:30:00.123Z",
        "1969-12-31T23:59:59.5-01:00, 1970-01-01T00:59:59.500Z",
        "1970-01-01T23:59:00+23:59, 1970-01-01T00:00:00Z"
    })
    void anOffsetIsLessThanADay(String written, Instant instant) {
        assertThat(accepted("{" + VISIT.replace("1768188715701", "'" + written + "'") + "}")
                        .header()
                        .timestampMillis())
                .isEqualTo(instant.toEpochMilli());
    }

    @Test
    void aPurchaseHasDefaultsAndExactNumbers() {
        Event.Purchase purchase = (Event.Purchase)
                accepted(
                        "{'type':'purchase','id':'p','ts':1,'showroom':'s','visitor':'u','order':'o','kind':'sale','amount_minor':1999,'currency':'EUR'}");
        assertThat(purchase.quantityMicros()).isEqualTo(1_000_000);
        assertThat(purchase.amountMinor()).isEqualTo(OptionalLong.of(1999));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2345675, 1234568", // half to even, up
        "1.2345665, 1234566", // half to even, down
        "0.00000049, 0",
        "1e3, 1000000000",
        "1e-400, 0"
    })
    void measuredNumbersAreRoundedHalfEvenToSixPlaces(String written, long micros) {
        Event.CacheTiming timing = (Event.CacheTiming)
                accepted("{'type':'cache_timing','id':'c','ts':1,'showroom':'s','cache':'k','lcp_ms':" + written + "}");
        assertThat(timing.lcpMicros()).isEqualTo(OptionalLong.of(micros));
    }

    @Test
    void hugeExponentsAreNeitherWrittenOutNorFatal() {
        assertThat(accepted("{" + VISIT + ",'attributes':{'x':1e999999,'y':1e-999999}}"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "empty_record|",
                "empty_record|  ",
                "malformed_json|{'type':'visit','id':",
                "malformed_json|{'type':'visit'} {}",
                "malformed_json|nonsense",
                "not_an_object|[1,2]",
                "not_an_object|7",
                "unknown_type|{'type':'walk','id':'e','ts':1,'showroom':'s'}",
                "unknown_type|{'type':'walk','id':'e','ts':1,'showroom':'s','amount_minor':'abc'}",
                "missing_field|{}",
                "missing_field|{'type':'visit','id':'e','ts':1,'showroom':'s'}",
                "missing_field|{'type':'visit','id':'e','showroom':'s','visitor':'u'}",
                "missing_field|{'type':'visit','id':null,'ts':1,'showroom':'s','visitor':'u'}",
                "missing_field|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k'}",
                "wrong_type|{'type':'visit','id':7,'ts':1,'showroom':'s','visitor':'u'}",
                "wrong_type|{'type':7,'id':'e','ts':1,'showroom':'s','visitor':'u'}",
                "wrong_type|{'type':'walk','id':7,'ts':1,'showroom':'s','visitor':'u'}",
                "wrong_type|{'visitor':7,'id':'e','ts':1,'showroom':'s','type':'visit'}",
                "wrong_type|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':'4'}",
                "wrong_type|{'type':'cache_timing','id':'e','ts':1,'showroom':'s','cache':'c','failover':'true'}",
                "wrong_type|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','exposures':['a']}",
                "wrong_type|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','exposures':{'a':1}}",
                "wrong_type|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','attributes':{'a':true}}",
                "wrong_type|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':1.5}",
                "wrong_type|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':9223372036854775807.25}",
                "out_of_range|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':9223372036854775808.0}",
                "out_of_range|{'type':'stock','id':'e','ts':1,'showroom':'s','sku':'k','on_hand':-1}",
                "out_of_range|{'type':'visit','id':'','ts':1,'showroom':'s','visitor':'u'}",
                "out_of_range|{'type':'cache_timing','id':'e','ts':1,'showroom':'s','cache':'c','lcp_ms':-3}",
                "out_of_range|{'type':'cache_timing','id':'e','ts':1,'showroom':'s','cache':'c','lcp_ms':1e300}",
                "out_of_range|{'type':'cache_timing','id':'e','ts':1,'showroom':'s','cache':'c','lcp_ms':1e99999999999}",
                "out_of_range|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','attributes':{'x':1e99999999999}}",
                "out_of_range|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','attributes':{'x':100e2147483647}}",
                "out_of_range|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','attributes':{'x':1e1000000000}}",
                "not_allowed|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','channel':'phone'}",
                "not_allowed|{'type':'visit','id':'e','ts':1,'showroom':'s','visitor':'u','market':'XX'}",
                "not_allowed|{'type':'purchase','id':'e','ts':1,'showroom':'s','visitor':'u','order':'o','kind':'gift'}",
                "not_allowed|{'type':'purchase','id':'e','ts':1,'showroom':'s','visitor':'u','order':'o','kind':'sale','currency':'EURO'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':1.5,'showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00+24:00','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00+23:60','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00+0100','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00+01:00Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00+01','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00-01:00:30','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00.Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00:00,5Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'+02026-01-05T00:00:00Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'+12026-01-05T00:00:00Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-01-05T00:00+01:00:30','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'2026-02-29T00:00:00Z','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':'1970-01-01T23:58:59+23:59','showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':-5,'showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':99999999999999999999999,'showroom':'s','visitor':'u'}",
                "bad_timestamp|{'type':'visit','id':'e','ts':true,'showroom':'s','visitor':'u'}",
                "duplicate_field|{'type':'visit','type':'stock','id':'e','ts':1,'showroom':'s','visitor':'u'}"
            })
    void refusedWithItsReason(String code, @org.jspecify.annotations.Nullable String json) {
        assertThat(refused(json == null ? "" : json).code().wireName()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'amount_minor':'abc'",
                "'currency':7",
                "'status':200",
                "'status':'cold'",
                "'kind':'zzz'",
                "'failover':{'a':[1,{'b':null}]}",
                "'lcp_ms':[1e99999999999]",
                "'on_hand':1e99999999999",
                "'quantity':false",
                "'sku':''",
                "'order':['o']"
            })
    void fieldsOfOtherTypesDoNotMatter(String field) {
        Event visit = accepted("{" + VISIT + "}");
        assertThat(accepted("{" + VISIT + "," + field + "}")).isEqualTo(visit);
        assertThat(accepted("{" + field + "," + VISIT + "}")).isEqualTo(visit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C3", // half a character
                "C080", // a character in more bytes than it needs
                "C0AF",
                "E080AF",
                "F08080AF",
                "EDA080", // half of a surrogate pair
                "F4908080", // beyond Unicode
                "FF"
            })
    void brokenUtf8IsRefusedWhereverItStands(String hex) {
        String broken = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        for (String place : List.of("'u1'", "'new'", "'n'", "'old'")) {
            String json = "{" + VISIT + ",'new':[{'n':'old'}]}";
            String record = json.replace(place, place.charAt(0) + broken + place.substring(1));
            Decoded decoded = EventCodec.decode(record.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1));
            assertThat(decoded)
                    .isEqualTo(new Decoded.Refused(new Refusal(
                            Refusal.Code.MALFORMED_JSON, null, "not UTF-8 at byte " + record.indexOf(broken))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udf88\\ud83c", "\\ud83c\\ud83c\\udf88", "\\ud83cx"})
    void halfOfASurrogatePairIsRefusedWhereverItStands(String escaped) {
        String json = "{" + VISIT + ",'exposures':{'gate':'g1'},'attributes':{'tier':'gold'},'new':[{'n':'old'}]}";
        for (String text : List.of("'e1'", "'g1'", "'gold'", "'old'")) {
            Refusal refusal = refused(json.replace(text, "'L" + escaped + "'"));
            assertThat(refusal.code()).isEqualTo(Refusal.Code.MALFORMED_JSON);
            assertThat(refusal.detail())
                    .isEqualTo("not Unicode text: half of a surrogate pair stands alone in the text at byte "
                            + json.indexOf(text));
        }
        for (String name : List.of("'new'", "'n'", "'gate'", "'tier'")) {
            Refusal refusal = refused(json.replace(name, "'L" + escaped + "'"));
            assertThat(refusal.code()).isEqualTo(Refusal.Code.MALFORMED_JSON);
            assertThat(refusal.detail()).contains("surrogate");
        }
    }

    @Test
    void aWholeSurrogatePairIsOneCharacter() {
        assertThat(accepted("{" + VISIT.replace("e1", "\\ud83c\\udf88") + ",'\\ud83c\\udf88':1}")
                        .header()
                        .id())
                .isEqualTo("🎈");
    }

    @Test
    void tooLongIsRefusedUnread() {
        String large = "{" + VISIT + ",'page':'" + "x".repeat(10_000_000) + "'}";
        assertThat(refused(large).code()).isEqualTo(Refusal.Code.RECORD_TOO_LARGE);
    }

    /** Nothing but the record's length limits what stands in a field that nobody reads, or in the name of one. */
    static Stream<String> longForms() {
        return Stream.of(
                "'new':" + "[".repeat(1_001) + "]".repeat(1_001),
                "'new':" + "[".repeat(400_000) + "]".repeat(400_000),
                "'new':" + "{'a':".repeat(150_000) + "0" + "}".repeat(150_000),
                "'new':" + "1".repeat(1_001),
                "'new':-" + "1".repeat(1_000_000),
                "'new':0." + "1".repeat(1_000_000),
                "'new':1e" + "1".repeat(1_000_000),
                "'" + "n".repeat(50_001) + "':1",
                "'" + "é".repeat(500_000) + "':1",
                "'amount_minor':" + "1".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("longForms")
    void whatIsIgnoredMayBeAsLongAsARecord(String field) {
        assertThat(accepted("{" + VISIT + "," + field + "}")).isEqualTo(accepted("{" + VISIT + "}"));
    }

    @Test
    void whatIsDeeperThanItCanBeClosedIsMalformed() {
        assertThat(refused("{" + VISIT + ",'new':" + "[".repeat(1_000_000)).code())
                .isEqualTo(Refusal.Code.MALFORMED_JSON);
    }

    /** With the micros that are read: of however many digits, rounded half-even. */
    static Stream<Arguments> longNumbers() {
        return Stream.of(
                Arguments.of("0." + "1".repeat(1_001), 111_111),
                Arguments.of("0." + "1".repeat(400_000), 111_111),
                Arguments.of("0.0000005" + "0".repeat(400_000), 0),
                Arguments.of("0.0000005" + "0".repeat(400_000) + "1", 1),
                Arguments.of("0.0000015" + "0".repeat(400_000), 2),
                Arguments.of("0.0000014" + "9".repeat(400_000), 1),
                Arguments.of("5" + "0".repeat(400_000) + "e-400000", 5_000_000),
                Arguments.of("0." + "0".repeat(400_000) + "25E+400002", 25_000_000),
                Arguments.of("1e-99999999999", 0),
                Arguments.of("1e-" + "9".repeat(400_000), 0),
                Arguments.of("0e999999999999", 0),
                Arguments.of("0.000e" + "9".repeat(400_000), 0),
                Arguments.of("1e" + "0".repeat(400_000) + "1", 10_000_000));
    }

    @ParameterizedTest
    @MethodSource("longNumbers")
    void numbersOfAnyLengthAreReadExactly(String written, long micros) {
        Event.CacheTiming timing = (Event.CacheTiming)
                accepted("{'type':'cache_timing','id':'c','ts':1,'showroom':'s','cache':'k','lcp_ms':" + written
                        + ",'attributes':{'a':-" + written + "}}");
        assertThat(timing.lcpMicros()).isEqualTo(OptionalLong.of(micros));
        assertThat(timing.header().attributes())
                .isEqualTo(Map.of("a", new AttributeValue.Numeric(BigDecimal.valueOf(-micros, 6))));
    }

    @ParameterizedTest
    @CsvSource({
        "lcp_ms, out_of_range",
        "quantity, out_of_range",
        "amount_minor, out_of_range",
        "on_hand, out_of_range",
        "ts, bad_timestamp",
    })
    void aNumberOfAMillionDigitsIsBeyondWhatAFieldCanBe(String field, String code) {
        String events =
                "'type':'%s','id':'e','showroom':'s','visitor':'v','cache':'c','order':'o','kind':'sale','sku':'k'";
        String type = field.equals("lcp_ms") ? "cache_timing" : field.equals("on_hand") ? "stock" : "purchase";
        String ts = field.equals("ts") ? "" : ",'ts':1";
        for (String number :
                List.of("1".repeat(1_000_000), "1" + "0".repeat(1_000_000), "9e" + "9".repeat(1_000_000))) {
            assertThat(refused("{" + events.formatted(type) + ts + ",'" + field + "':" + number + "}")
                            .code()
                            .wireName())
                    .isEqualTo(code);
        }
        if (field.equals("amount_minor") || field.equals("on_hand")) {
            for (String number : List.of("1." + "0".repeat(1_000_000) + "1", "1e-" + "9".repeat(1_000_000))) {
                assertThat(refused("{" + events.formatted(type) + ts + ",'" + field + "':" + number + "}")
                                .code())
                        .isEqualTo(Refusal.Code.WRONG_TYPE);
            }
        }
    }

    /** However many digits there are, and however the number is spelled; read back, it is the same. */
    @Test
    void anAttributeKeepsEveryDigitOfAHugeNumber() {
        String sevens = "7".repeat(101);
        Map<String, String> shortest = new LinkedHashMap<>(Map.of(
                sevens,
                sevens,
                "-" + sevens + ".250",
                "-" + sevens + ".25",
                "7".repeat(1_000_000),
                "7".repeat(1_000_000),
                "7e999999999",
                "7E+999999999",
                "-7.25e20000",
                "-7.25E+20000",
                "7.25e9999",
                "725" + "0".repeat(9_997),
                "725" + "0".repeat(20_000),
                "7.25E+20002",
                "0.000725e20000",
                "7.25E+19996",
                "1" + "0".repeat(100),
                "1" + "0".repeat(100)));
        shortest.forEach((written, expected) -> {
            Event event = accepted("{" + VISIT + ",'attributes':{'a':" + written + "}}");
            assertThat(event.header().attributes()).isEqualTo(Map.of("a", new AttributeValue.Huge(expected)));
            assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(new Decoded.Accepted(event));
            if (written.length() < 30_000) {
                BigDecimal number = new BigDecimal(written).stripTrailingZeros();
                assertThat(expected).isIn(number.toString(), number.scale() < -20_000 ? "" : number.toPlainString());
            }
        });
    }

    @Test
    void manyNamesOfOneRecordAreNames() {
        String names = IntStream.range(0, 60_000).mapToObj(i -> "'" + i + "':0").collect(Collectors.joining(","));
        assertThat(accepted("{" + VISIT + ",'new':{" + names + "}}")).isEqualTo(accepted("{" + VISIT + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lx", "Läden 店", "a\"b\\c"})
    void whatIsWrittenIsReadBack(String showroom) {
        EventHeader header = new EventHeader(
                "id-1",
                123,
                showroom,
                "north",
                "PT",
                null,
                "walk_in",
                Map.of("e", "v"),
                Map.of("n", new AttributeValue.Numeric(new BigDecimal("1.500000")), "t", new AttributeValue.Text("x")));
        Event timing = new Event.CacheTiming(
                header,
                "edge",
                null,
                "other",
                OptionalLong.of(60_000_000),
                "hit",
                true,
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalLong.of(2_500_000_000L),
                OptionalLong.empty(),
                OptionalLong.of(123_456));
        assertThat(EventCodec.decode(EventCodec.encode(timing))).isEqualTo(new Decoded.Accepted(timing));
    }

    private static Event accepted(String json) {
        Decoded decoded = EventCodec.decode(bytes(json));
        assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
        return ((Decoded.Accepted) decoded).event();
    }

    private static Refusal refused(String json) {
        Decoded decoded = EventCodec.decode(bytes(json));
        assertThat(decoded).isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded).refusal();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
