package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.event.Event;

/** What visitors spent before their exposure says something about what they spend after it. */
class SimulationCovariateTest {
    @Test
    void spendBeforeAndAfterAreCorrelated() {
        SimpleRegression spend = new SimpleRegression();
        for (List<Event> own :
                NaiveReading.of(Scenarios.world(90, 4000, 2)).byVisitor.values()) {
            own.stream()
                    .filter(e -> e.header().exposures().containsKey(ExperimentIds.CREATOR_PAGE))
                    .mapToLong(e -> e.header().timestampMillis())
                    .min()
                    .ifPresent(exposed -> spend.addData(spend(own, true, exposed), spend(own, false, exposed)));
        }
        assertThat(spend.getN()).isEqualTo(4000);
        assertThat(spend.getR()).isBetween(0.2, 0.8);
    }

    private static double spend(List<Event> own, boolean before, long exposedMillis) {
        return own.stream()
                .filter(e -> NaiveReading.isPurchase(e, "shop", "sale"))
                .filter(e -> (e.header().timestampMillis() < exposedMillis) == before)
                .mapToLong(e -> ((Event.Purchase) e).amountMinor().orElse(0))
                .sum();
    }
}
