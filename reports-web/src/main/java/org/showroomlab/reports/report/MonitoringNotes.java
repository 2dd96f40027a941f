package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Monitoring;
import org.showroomlab.stats.verdict.Reason;

/** Says in a sentence when this experiment may be decided. */
final class MonitoringNotes {
    private MonitoringNotes() {}

    static List<Reason> of(Experiment experiment, Status status, @Nullable SequentialLooks looks) {
        List<Reason> notes = new ArrayList<>();
        if (experiment.monitoring() == Monitoring.ALWAYS_VALID) {
            notes.add(new Reason(
                    "always_valid",
                    "The verdict goes by the always-valid bands and their p-values, which may be watched at any time; a"
                            + " metric without a band is judged once, at the end."));
        } else if (looks != null) {
            notes.add(new Reason("group_sequential", sentence(looks)));
        }
        List<String> open = experiment.openEnded();
        if (!notes.isEmpty() && status == Status.RUNNING && !open.isEmpty()) {
            notes.add(new Reason(
                    "open_outcomes",
                    String.format(
                            Locale.ROOT,
                            "%s %s: until observation ends what units did so far is compared, and who came late had less"
                                    + " time. A variant that acts later than another looks worse than it is.",
                            String.join(", ", open),
                            open.size() == 1 ? "has no window_hours" : "have no window_hours")));
        }
        return notes;
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
