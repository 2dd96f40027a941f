package org.showroomlab.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.ingest.event.EventType;

class RecordAddressTest {
    static String[] before() {
        return new String[] {
            "",
            "'new':" + "[".repeat(400_000) + "]".repeat(400_000) + ",",
            "'new':" + "1".repeat(1_000_000) + ",",
            "'" + "n".repeat(1_000_000) + "':1,",
            "'page':'a','page':'b',"
        };
    }

    @ParameterizedTest
    @MethodSource("before")
    void whateverStandsBeforeThemTheFieldsAreFound(String before) {
        String json = "{" + before + "'type':'visit','visitor':'v','ts':7}";
        RecordAddress address = RecordAddress.of(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(address.type()).contains(EventType.VISIT);
        assertThat(address.key()).isEqualTo("v");
        assertThat(address.timestampMillis()).hasValue(7);
    }
}
