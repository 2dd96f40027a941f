package org.showroomlab.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;

class CountingPlanTest {
    /** Measures that read the same share a slot; a text with what stands between texts is one text. */
    @Test
    void onlyEqualMeasuresShareASlot() {
        String metrics = """
                id: e
                unit: visitor
                start: 2026-01-05T00:00:00Z
                end: 2026-01-12T00:00:00Z
                variants: [{id: a, control: true}, {id: b}]
                metrics:
                  - {id: two, type: mean, event: visit, where: {page: [a, b]}}
                  - {id: again, type: proportion, event: visit, where: {page: [b, a]}}
                  - {id: one, type: mean, event: visit, where: {page: 'a, b'}}
                  - {id: bracket, type: mean, event: visit, where: {page: 'a]&creator=[b'}}
                  - {id: fields, type: mean, event: visit, where: {page: a, creator: b}}
                """;
        CountingPlan plan = new CountingPlan(
                List.of(ExperimentFiles.parse("e.yaml", metrics).experiment()));
        assertThat(plan.experiments().get(0).metrics())
                .extracting(MetricPlan::slot)
                .containsExactly(0, 0, 1, 2, 3);
    }
}
