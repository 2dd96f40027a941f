package org.showroomlab.app.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** An interval is compared with a truth, and never with the zero that a missing one would read as. */
class TrueNumberTest {
    private static final TrueNumber CONVERSION = TrueNumber.metric("price", "conversion", "low", "newcombe");
    private static final TrueNumber GOOD_SHARE = TrueNumber.speed("good_share", "ttl-900", "switchback");

    @Test
    void anIntervalHoldsTheTruthOrDoesNot() throws JsonProcessingException {
        JsonNode report = conversion("[-0.1, 0.2]");
        assertThat(CONVERSION.held(report, json("{'metrics': {'conversion': {'low': 0.2}}}")))
                .contains(true);
        assertThat(CONVERSION.held(report, json("{'metrics': {'conversion': {'low': 0.3}}}")))
                .contains(false);
        assertThat(CONVERSION.held(conversion("null"), json("{}"))).isEmpty();
    }

    @Test
    void aTruthThatIsNotToldIsNotZero() throws JsonProcessingException {
        JsonNode report = conversion("[-0.1, 0.2]");
        assertThatThrownBy(() -> CONVERSION.held(report, json("{'metrics': {'conversion': {}}}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no number at /metrics/conversion/low");
        assertThatThrownBy(() -> CONVERSION.held(report, json("{'metrics': {'conversion': {'low': null}}}")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void bothArmsOfADifferenceAreTold() throws JsonProcessingException {
        JsonNode report =
                json("{'analysis': {'ttl_speed': {'comparisons': [{'number': 'good_share', 'variant': 'ttl-900',"
                        + " 'difference': {'ci': [-0.1, 0.1]}}]}}}");
        assertThat(GOOD_SHARE.held(report, arms("'estimate': 0.5", "'estimate': 0.45")))
                .contains(true);
        assertThatThrownBy(() -> GOOD_SHARE.held(report, arms("'estimate': null", "'estimate': 0.45")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> GOOD_SHARE.held(report, arms("'estimate': 0.5", "")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static JsonNode conversion(String ci) throws JsonProcessingException {
        return json("{'metrics': [{'id': 'conversion', 'comparisons': [{'variant': 'low', 'difference': {'ci': " + ci
                + "}}]}]}");
    }

    private static JsonNode arms(String control, String treatment) throws JsonProcessingException {
        return json("{'analysis': {'ttl_speed': {'arms': [{'variant': 'ttl-60', 'good_share': {" + control
                + "}}, {'variant': 'ttl-900', 'good_share': {" + treatment + "}}]}}}");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
