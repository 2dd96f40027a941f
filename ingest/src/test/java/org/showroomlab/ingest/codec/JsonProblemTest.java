package org.showroomlab.ingest.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonProblemTest {
    /** Nobody who wrote a record can switch a feature of the parser on. */
    @Test
    void nothingIsSaidToProgrammers() {
        Map.of(
                        "{\"id\":\"a\"",
                        "Unexpected end-of-input: expected close marker for Object",
                        "{\"ts\":NaN}",
                        "Non-standard token 'NaN'",
                        "{\"a\":" + "[".repeat(600_000),
                        "Document nesting depth (524289) exceeds the maximum allowed (524288)")
                .forEach((json, detail) -> assertThat(
                                ((Decoded.Refused) EventCodec.decode(json.getBytes(StandardCharsets.UTF_8)))
                                        .refusal()
                                        .detail())
                        .isEqualTo(detail));
    }
}
