package org.showroomlab.reports.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Monitoring;
import org.showroomlab.stats.verdict.Reason;

/** Says in a sentence when this experiment may be decided. */
final class MonitoringNotes {
    private MonitoringNotes() {}

    static List<Reason> of(Experiment experiment, @Nullable SequentialLooks looks) {
        if (experiment.monitoring() == Monitoring.ALWAYS_VALID) {
            return List.of(new Reason(
                    "always_valid",
                    "The verdict goes by the always-valid bands and their p-values, which may be watched at any time; a"
                            + " metric without a band is judged once, at the end."));
        }
        return looks == null ? List.of() : List.of(new Reason("group_sequential", sentence(looks)));
    }

    private static String sentence(SequentialLooks looks) {
        double percent = 100 * looks.information();
        if (!looks.present()) {
            return String.format(
                    Locale.ROOT,
                    "%.0f %% of the planned information is in; the next look that may decide is at %.0f %%.",
                    Math.floor(percent),
                    100.0 * Math.min(looks.planned(), looks.stage() + 1) / looks.planned());
        }
        SequentialLooks.Look look = looks.looks().get(looks.looks().size() - 1);
        if (Double.isInfinite(look.z())) {
            return String.format(
                    Locale.ROOT,
                    "Look %d at %.0f %% of the planned information is too early for any decision.",
                    looks.looks().size(),
                    percent);
        }
        return String.format(
                Locale.ROOT,
                "Look %d of at most %d, at %.0f %% of the planned information: %s needs |z| above %.2f.",
                looks.looks().size(),
                looks.planned(),
                percent,
                looks.comparisons() == 1
                        ? "the success metric"
                        : "the clearest of " + looks.comparisons() + " success comparisons",
                look.z());
    }
}
