package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.UnitStatistic.Sum;
import org.showroomlab.reports.special.Channels;
import org.showroomlab.reports.special.Returns;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.ExactSums;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.WelchTest;

/** Reads what a drop sold by channel and what came back, from what the analysis counts on its own account. */
final class ChannelAssembler {
    /** The right of withdrawal in the European Union (Directive 2011/83/EU, article 9), which is the local one here. */
    static final int RETURN_WINDOW_DAYS = 14;

    private final Experiment experiment;
    private final ExperimentSums sums;
    private final WelchTest welch;

    ChannelAssembler(Experiment experiment, ExperimentSums sums) {
        this.experiment = experiment;
        this.sums = sums;
        this.welch = new WelchTest(new Significance(experiment.alpha(), Alternative.TWO_SIDED));
    }

    Channels channels() {
        String control = experiment.variants().get(experiment.controlIndex()).id();
        return new Channels(
                experiment.variants().stream().map(this::arm).toList(),
                experiment.variants().stream()
                        .filter(v -> !v.control())
                        .map(v -> new Channels.Contrast(
                                v.id(),
                                control,
                                difference(BuiltInMetrics.ONLINE, control, v.id()),
                                difference(BuiltInMetrics.WALK_IN, control, v.id()),
                                difference(BuiltInMetrics.ALL_CHANNELS, control, v.id()),
                                experiment.alpha()))
                        .toList());
    }

    private Channels.Arm arm(Variant variant) {
        return new Channels.Arm(
                variant.id(),
                Math.max(0, total(BuiltInMetrics.ALL_CHANNELS, variant.id()).n()),
                sold(BuiltInMetrics.ONLINE, variant.id()),
                sold(BuiltInMetrics.WALK_IN, variant.id()),
                sold(BuiltInMetrics.ALL_CHANNELS, variant.id()));
    }

    private Channels.Sold sold(String metric, String variant) {
        ArmSums arm = total(metric, variant);
        return new Channels.Sold(
                pieces(metric, variant),
                arm.events(),
                MetricMethod.guarded(() -> welch.arm(moments(arm))).map(level -> level.estimate()));
    }

    private Computable<Effect> difference(String metric, String control, String treatment) {
        return MetricMethod.guarded(
                () -> welch.difference(moments(total(metric, control)), moments(total(metric, treatment))));
    }

    private ArmSums total(String metric, String variant) {
        return sums.total(metric, variant);
    }

    private BigDecimal pieces(String metric, String variant) {
        return CountedStock.pieces(total(metric, variant).of(Sum.Y));
    }

    private static ArmMoments moments(ArmSums arm) {
        return ArmMoments.ofExact(ExactSums.ofMean(arm.n(), arm.of(Sum.Y), arm.of(Sum.YY), Decimal6.DECIMAL_PLACES));
    }

    Returns returns(Instant asOf) {
        Instant matureAt = experiment.end().plus(Duration.ofDays(RETURN_WINDOW_DAYS));
        return new Returns(RETURN_WINDOW_DAYS, matureAt, returned(asOf, matureAt));
    }

    private Computable<List<Returns.Arm>> returned(Instant asOf, Instant matureAt) {
        if (experiment.observeUntil().isBefore(matureAt)) {
            return Computable.notComputable(
                    "immature_returns",
                    "What comes back was to be observed until " + experiment.observeUntil()
                            + ", but what was sold last can come back for " + RETURN_WINDOW_DAYS + " days, until "
                            + matureAt + ".");
        }
        if (asOf.isBefore(matureAt)) {
            return Computable.notComputable(
                    "immature_returns",
                    "What was sold last can come back for " + RETURN_WINDOW_DAYS + " days, until " + matureAt
                            + "; until then this would only grow.");
        }
        return Computable.of(experiment.variants().stream()
                .map(v -> new Returns.Arm(
                        v.id(), pieces(BuiltInMetrics.RETURNED, v.id()), pieces(BuiltInMetrics.ALL_CHANNELS, v.id())))
                .toList());
    }
}
