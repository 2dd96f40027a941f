package org.showroomlab.reports.analyze;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzeTest {

    private static final String MEAN = "{'type':'mean','control':%s,'treatment':{'n':4,'sum':12,'sum_squares':40}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "{",
                "{}",
                "{\"analyses\":{}}",
                "{\"analyses\":null}",
                "{\"analyses\":[]} x",
                "{\"analyses\":[],\"analyses\":[]}",
                "{\"analyses\":[]}}",
                "{\"analyses\":[{\"type\":\"srm\",\"type\":\"srm\"]}",
                "{\"analyses\":[{\"type\":1,\"type\":2,\"x\":[}]}]}",
                "\u0000"
            })
    void aBodyThatIsNotARequestIsRefused(String body) {
        assertThatThrownBy(() -> Analyze.respond(body.getBytes(UTF_8)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("body");
    }

    /** Numbers that no BigDecimal holds, nesting, fields named twice: none of them makes the rest unreadable. */
    @Test
    void anItemThatCannotBeHeldSpoilsOnlyItself() throws IOException {
        String one = "{\"type\":\"srm\",\"counts\":[1,2],\"weights\":[1,1]}";
        for (String value : List.of(
                "1e9999999999",
                "1e-9999999999",
                "1".repeat(1_500),
                "-0." + "1".repeat(1_000_000),
                "[[1e9999999999,{\"a\":[1e9999999999]}],2]",
                "[".repeat(2_000) + "]".repeat(2_000),
                "{\"a\":1,\"a\":2}")) {
            JsonNode results = new ObjectMapper()
                    .readTree(Analyze.respond(("{\"note\":" + value + ",\"analyses\":[" + one
                                    + ",{\"type\":\"srm\",\"counts\":[1,2],\"weights\":" + value + "}," + value + ","
                                    + one
                                    + "]}")
                            .getBytes(UTF_8)))
                    .get("results");
            assertThat(results).hasSize(4);
            assertThat(results.get(0).get("p_value").isNumber()).isTrue();
            assertThat(results.get(1).get("error").asText()).hasSizeLessThan(300);
            assertThat(results.get(2).has("error")).isTrue();
            assertThat(results.get(3)).isEqualTo(results.get(0));
        }
    }

    @Test
    void whatIsWrongIsSaidWithoutTheParsersOwnWords() {
        assertThatThrownBy(() -> Analyze.respond("{\"analyses\":[{\"type\":\"mean\"}".getBytes(UTF_8)))
                .hasMessage("The body is not JSON: Unexpected end-of-input: expected close marker for Array"
                        + " (line 1, column 29)");
        assertThatThrownBy(() -> Analyze.respond("{\"analyses\":[{\"a\":1],7]}".getBytes(UTF_8)))
                .hasMessage("The body is not JSON: Unexpected close marker ']': expected '}' (line 1, column 20)");
    }

    @Test
    void bytesThatAreNotTextAreRefused() {
        assertThatThrownBy(() -> Analyze.respond(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'}))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void noAnalysesNoResults() {
        assertThat(Asked.all()).isEmpty();
    }

    @Test
    void aBadItemLeavesTheOthersAlone() {
        JsonNode results = Asked.all(
                "{'type':'adjust','method':'holm','p_values':[0.01,0.04]}",
                "{'type':'wish'}",
                "7",
                "{'type':'adjust','method':'holm','p_values':[NaN]}",
                "{'type':'adjust','method':'bonferroni','p_values':[0.5]}");
        assertThat(results).hasSize(5);
        assertThat(results.get(0).get("p_values").toString()).isEqualTo("[0.02,0.04]");
        assertThat(results.get(1).get("error").asText())
                .startsWith("type must be one of mean, proportion, ratio, bayes, clusters, switchback, quantile, srm,")
                .endsWith("shrink, demand: \"wish\".");
        assertThat(results.get(2).get("error").asText()).isEqualTo("An analysis must be an object.");
        assertThat(results.get(3).get("error").asText()).startsWith("p_values[0] must be a finite number");
        assertThat(results.get(4).get("p_values").toString()).isEqualTo("[0.5]");
    }

    /** Two readers could take it differently; what stands after it in the item does not matter any more. */
    @Test
    void aFieldThatAnItemNamesTwiceLeavesTheOthersAlone() {
        String good = "{'type':'adjust','method':'holm','p_values':[0.01,0.04]}";
        JsonNode results = Asked.all(
                good,
                "{'type':'srm','type':'adjust','p_values':[[0.5],{'a':[1e999]}]}",
                good,
                "{'type':'mean','control':{'n':4,'sum':8,'n':5,'sum_squares':20},'treatment':{'n':4}}",
                "{'type':'mean','control':{'n':4},'control':{'n':{'a':4}}}",
                "[{'a':1},[{'a':1,'b':[],'a':{}}]]",
                good);
        assertThat(results.findValuesAsText("error"))
                .containsExactly(
                        "An analysis must not name a field twice: Duplicate field 'type'.",
                        "An analysis must not name a field twice: Duplicate field 'n'.",
                        "An analysis must not name a field twice: Duplicate field 'control'.",
                        "An analysis must not name a field twice: Duplicate field 'a'.");
        assertThat(results).hasSize(7);
        for (int i : new int[] {0, 2, 6}) {
            assertThat(results.get(i).get("p_values").toString()).isEqualTo("[0.02,0.04]");
        }
    }

    @ParameterizedTest
    @EnumSource(AnalysisType.class)
    void everyTypeNamesTheFieldItMisses(AnalysisType type) {
        JsonNode result = Asked.one("{'type':'" + type.name().toLowerCase(Locale.ROOT) + "'}");
        assertThat(result).hasSize(1);
        assertThat(result.get("error").asText()).contains(" is missing: it must be ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'n':-1,'sum':0,'sum_squares':0}     | control.n must be an integer from 0 to 10^15: -1.",
                "{'n':2.5,'sum':0,'sum_squares':0}    | control.n must be an integer from 0 to 10^15: 2.5.",
                "{'n':1e16,'sum':0,'sum_squares':0}   | control.n must be an integer from 0 to 10^15: 1E+16.",
                "{'n':'4','sum':0,'sum_squares':0}    | control.n must be a finite number: ",
                "{'n':NaN,'sum':0,'sum_squares':0}    | control.n must be a finite number: ",
                "{'n':4,'sum':Infinity,'sum_squares':0}| control.sum must be a finite number: ",
                "{'n':4,'sum':1e99999,'sum_squares':0}| control.sum must be within the range of a double: ",
                "{'n':4,'sum':true,'sum_squares':0}   | control.sum must be a finite number: true.",
                "{'n':4,'sum':0}                      | control.sum_squares is missing: it must be a number.",
                "{'n':0,'sum':3,'sum_squares':9}      | control.sum must be 0 when n is 0.",
                "{'n':4,'sum':12,'sum_squares':1}     | The sums of control contradict each other: ",
                "[4,12,40]                            | control must be an object.",
            })
    void whatAnArmMayHold(String control, String message) {
        assertThat(Asked.one(MEAN.formatted(control)).get("error").asText()).startsWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'alpha':0             | alpha must be between 0 and 1, both excluded: 0.0.",
                "'alpha':1             | alpha must be between 0 and 1, both excluded: 1.0.",
                "'alternative':'up'    | alternative must be one of two_sided, greater, less: \"up\".",
                "'relative_method':'x' | relative_method must be one of log_ratio, fieller, wald: \"x\".",
            })
    void whatEveryItemMayCarry(String option, String message) {
        String item = MEAN.formatted("{'n':4,'sum':8,'sum_squares':20}");
        assertThat(Asked.one(item.replaceFirst("\\{", "{" + option + ","))
                        .get("error")
                        .asText())
                .isEqualTo(message);
    }

    @Test
    void anIntegralDecimalIsACount() {
        assertThat(Asked.one(MEAN.formatted("{'n':4.0,'sum':8,'sum_squares':20}"))
                        .at("/control/n")
                        .asLong())
                .isEqualTo(4);
    }

    /** 10^12 units of 9 223 371 and 9 223 372 in equal parts: the sum is near 2^63, the variance 1/4. */
    @Test
    void sumsNearTheEndOfLongLoseNothing() {
        String arm = "{'n':1000000000000,'sum':%s,'sum_squares':%s}"
                .formatted(
                        new BigDecimal("9223371.5").scaleByPowerOfTen(12).toBigInteger(),
                        new BigDecimal("9223371.5")
                                .pow(2)
                                .add(new BigDecimal("0.25"))
                                .scaleByPowerOfTen(12)
                                .toBigInteger());
        JsonNode result = Asked.one("{'type':'mean','control':" + arm + ",'treatment':" + arm + "}");
        assertThat(result.at("/control/estimate").asDouble()).isEqualTo(9_223_371.5);
        assertThat(result.at("/control/std_error").asDouble()).isCloseTo(0.5e-6, within(1e-15));
        assertThat(result.at("/difference/estimate").asDouble()).isZero();
        assertThat(result.at("/difference/p_value").asDouble()).isEqualTo(1);
    }
}
