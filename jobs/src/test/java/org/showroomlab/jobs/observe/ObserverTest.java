package org.showroomlab.jobs.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.CountingPlan;

class ObserverTest {
    private static final String EXPERIMENT = """
            id: ttl
            unit: cache
            start: 2026-01-05T00:00:00Z
            end: 2026-01-12T00:00:00Z
            variants: [{id: short, control: true}, {id: long}]
            metrics:
              - {id: bytes, type: mean, event: cache_timing, value: attributes.bytes}
            """;

    private static Observer observer() {
        return new Observer(new CountingPlan(
                List.of(ExperimentFiles.parse("ttl.yaml", EXPERIMENT).experiment())));
    }

    private static ScannedEvent timing(String rest) {
        byte[] record =
                ("{\"type\":\"cache_timing\",\"id\":\"1\",\"ts\":1767700000000,\"showroom\":\"s\",\"cache\":\"c\","
                                + "\"status\":\"hit\"," + rest + "}")
                        .getBytes(StandardCharsets.UTF_8);
        ScannedEvent event = new ScannedEvent();
        event.load(((Decoded.Accepted) EventCodec.decode(record)).event());
        return event;
    }

    private static byte[] written(Observer observer, ScannedEvent event) throws Observer.Unreadable {
        PackedWriter out = new PackedWriter(64);
        observer.observe(event);
        observer.write(event, 1, 2, 3, 0, 0, 0, out);
        return out.toByteArray();
    }

    /** Its exposure went to the next event of the cache. */
    @Test
    void aRecordThatIsSetAsideLeavesNothingBehind() throws Observer.Unreadable {
        ScannedEvent tooLarge = timing("\"exposures\":{\"ttl\":\"long\"},\"attributes\":{\"bytes\":10000000000000}");
        ScannedEvent next = timing("\"attributes\":{\"bytes\":7}");
        Observer observer = observer();
        assertThatThrownBy(() -> observer.observe(tooLarge)).isInstanceOf(Observer.Unreadable.class);
        assertThat(written(observer, next)).isEqualTo(written(observer(), next));
        assertThat(written(observer, timing("\"exposures\":{\"ttl\":\"long\"},\"attributes\":{\"bytes\":7}")))
                .isNotEqualTo(written(observer, next));
    }
}
