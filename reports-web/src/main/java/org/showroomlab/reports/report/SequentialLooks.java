package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.store.RecordedLook;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.monitoring.Spending;

/**
 * What a group-sequential experiment may decide now.
 *
 * <p>The planned information is divided into equal stages: 6 hours each of a drop, a week each of anything longer, and at
 * least 8. The first report of a stage is its look, and only a look may decide; which reports there were comes from the
 * ledger of looks, so that no number of reloads adds a look. A stage that nobody looked at spends nothing. Once a look has
 * decided, its decision stands until the experiment ends; but harm that a later look rolls back for replaces what was to
 * be shipped.
 *
 * @param planned number of stages
 * @param stage the stage that the information has reached, from 1; 0 before the first
 * @param information share of the planned information, 0 to 1
 * @param looks those that may decide so far, the present one last if it is one
 * @param decided the look whose decision stands; {@code null} when none has decided
 * @param asking the newest look of an earlier stage, when it asked for a person; {@code null} otherwise
 * @param present whether the present report is a look
 * @param comparisons of success metrics, over all treatments
 */
public record SequentialLooks(
        int planned,
        int stage,
        double information,
        List<Look> looks,
        @Nullable RecordedLook decided,
        @Nullable RecordedLook asking,
        boolean present,
        long comparisons) {
    private static final int FEWEST_STAGES = 8;
    private static final double SMALLEST_LEVEL = 1e-300;
    /** What is taken back after a look may leave fewer units than it saw, but a look never brings less than nothing. */
    private static final double LEAST_GROWTH = 1e-6;
    /** One-sided, of all looks together. */
    static final double HARM_ALPHA = 0.05;

    /**
     * One look.
     *
     * @param information share of the planned information, by which the level is spent
     * @param maturedUnits as they were known at the look
     * @param covariance what looks are correlated by, in any unit
     * @param z boundary of the clearest success comparison, two-sided in effect
     * @param harmZ boundary of the guardrails, one-sided, spent as Pocock's and apart from the other
     */
    public record Look(
            Instant asOf, double information, long maturedUnits, double covariance, double z, double harmZ) {}

    public SequentialLooks {
        looks = List.copyOf(looks);
    }

    static SequentialLooks of(
            Experiment experiment, Instant asOf, Status status, Information now, List<RecordedLook> history) {
        int planned = stages(experiment);
        double information = status == Status.ENDED ? 1 : beforeTheEnd(now.fraction(), experiment);
        int stage = stage(information, planned);
        List<RecordedLook> past =
                firstOfEachStage(experiment, history, asOf, status == Status.ENDED ? planned - 1 : planned);
        boolean present =
                stage > 0 && past.stream().noneMatch(look -> stage(information(look, experiment), planned) >= stage);
        List<Reached> reached = new ArrayList<>();
        past.forEach(look -> reached.add(new Reached(look.asOf(), information(look, experiment), look.maturedUnits())));
        if (present) {
            reached.add(new Reached(asOf, information, now.matured()));
        }
        return new SequentialLooks(
                planned,
                stage,
                information,
                looks(experiment, reached),
                decided(past),
                asking(past),
                present,
                successComparisons(experiment));
    }

    private static int stages(Experiment experiment) {
        Duration length = Duration.between(experiment.start(), experiment.end());
        double stages = LookSchedule.isDrop(experiment) ? length.toMinutes() / 360.0 : length.toHours() / 168.0;
        return Math.max(FEWEST_STAGES, (int) Math.ceil(stages));
    }

    private static int stage(double information, int planned) {
        return (int) Math.floor(information * planned + 1e-9);
    }

    /** At the end, looks after the end are no looks before it. */
    private static List<RecordedLook> firstOfEachStage(
            Experiment experiment, List<RecordedLook> history, Instant before, int lastStage) {
        int planned = stages(experiment);
        List<RecordedLook> first = new ArrayList<>();
        int reached = 0;
        for (RecordedLook look : history) {
            int stage = stage(information(look, experiment), planned);
            if (stage > reached && stage <= lastStage && look.asOf().isBefore(before)) {
                first.add(look);
                reached = stage;
            }
        }
        return first;
    }

    private static double information(RecordedLook look, Experiment experiment) {
        double information = look.information(experiment.start(), experiment.end());
        return look.ended() ? information : beforeTheEnd(information, experiment);
    }

    /** The last stage is not reached while outcomes of those who have all come still count: its level would be used twice. */
    private static double beforeTheEnd(double information, Experiment experiment) {
        int planned = stages(experiment);
        return experiment.decidesByLaterOutcomes() ? Math.min(information, (planned - 1.0) / planned) : information;
    }

    /** What was said at an end that has been put off since was said at another level. */
    private static @Nullable RecordedLook decided(List<RecordedLook> past) {
        List<RecordedLook> early = past.stream().filter(look -> !look.ended()).toList();
        Optional<RecordedLook> stopped =
                early.stream().filter(RecordedLook::rollsBack).findFirst();
        return stopped.or(() -> early.stream().filter(RecordedLook::ships).findFirst())
                .orElse(null);
    }

    private static @Nullable RecordedLook asking(List<RecordedLook> past) {
        RecordedLook last = past.isEmpty() ? null : past.get(past.size() - 1);
        return last == null || last.ended() || !last.asksForPerson() ? null : last;
    }

    /** A look without its boundaries. */
    private record Reached(Instant asOf, double information, long maturedUnits) {}

    /**
     * The level is spent by the planned information, which counts units to come for as many as came so far; but looks are
     * as alike as the units that they share, and where ever more come they share few. Clusters have all come at the first.
     */
    private static List<Look> looks(Experiment experiment, List<Reached> reached) {
        double[] spent = reached.stream().mapToDouble(Reached::information).toArray();
        double[] covariance = experiment.unit() == UnitKind.VISITOR
                ? ascending(reached, !experiment.openEnded().isEmpty())
                : spent.clone();
        GroupSequential success =
                GroupSequential.withDefaults().withAlpha(experiment.alpha() / 2 / successComparisons(experiment));
        GroupSequential harm =
                GroupSequential.withDefaults().with(Spending.POCOCK).withAlpha(HARM_ALPHA);
        List<Double> z = success.boundaries(spent, covariance).z();
        List<Double> harmZ = harm.boundaries(spent, covariance).z();
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < spent.length; i++) {
            Reached look = reached.get(i);
            looks.add(new Look(look.asOf(), spent[i], look.maturedUnits(), covariance[i], z.get(i), harmZ.get(i)));
        }
        return looks;
    }

    /** @param open whether units that are there go on to tell more: then at least as much comes as by the clock */
    private static double[] ascending(List<Reached> reached, boolean open) {
        double[] information = new double[reached.size()];
        double most = 1;
        for (int i = 0; i < information.length; i++) {
            double before = most;
            most = Math.max(before, (double) reached.get(i).maturedUnits());
            if (i == 0) {
                information[i] = 1;
                continue;
            }
            double growth = Math.max(1 + LEAST_GROWTH, most / before);
            double ofClock = reached.get(i).information() / reached.get(i - 1).information();
            information[i] = information[i - 1] * (open ? Math.max(growth, ofClock) : growth);
        }
        return information;
    }

    private static long successComparisons(Experiment experiment) {
        long primary = experiment.metrics().stream()
                .filter(m -> m.role() == Metric.Role.PRIMARY)
                .count();
        return Math.max(1, primary * (experiment.variants().size() - 1));
    }

    /**
     * The two-sided level of all success comparisons of the present look together, which Holm's rule divides: the clearest
     * gets what a boundary of its own share of the level gives it. A part of a look's level would be more than that.
     */
    double alpha() {
        return 2 * tail(last().z()) * comparisons;
    }

    /** The one-sided level of each guardrail at the present look. */
    double guardrailAlpha() {
        return tail(last().harmZ());
    }

    /** The one-sided level of a comparison that has that share of the level of harm. */
    double harmAlpha(double share) {
        return tail(new GroupSequential(Spending.POCOCK, share * HARM_ALPHA)
                .boundaries(
                        looks.stream().mapToDouble(Look::information).toArray(),
                        looks.stream().mapToDouble(Look::covariance).toArray())
                .z()
                .get(looks.size() - 1));
    }

    private Look last() {
        return looks.get(looks.size() - 1);
    }

    private static double tail(double z) {
        return Math.max(SMALLEST_LEVEL, NormalDistribution.of(0, 1).survivalProbability(z));
    }
}
