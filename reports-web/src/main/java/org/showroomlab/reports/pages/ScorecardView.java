package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.List;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.FinishedExperiment;
import org.showroomlab.reports.report.Scorecard;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;
import org.showroomlab.stats.many.RandomEffects;

/** The scorecard as figures that each say what they are. */
public record ScorecardView(Scorecard scorecard) {

    /**
     * One figure.
     *
     * @param interval of 95 %; empty when there is none
     * @param meaning what it is, with what it was counted from
     */
    public record Row(String name, String figure, String interval, String meaning) {}

    /** How many there are to speak of. */
    public String title() {
        return "Scorecard of " + experiments(scorecard.finished().size(), "finished ");
    }

    /** What there is a figure of. */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        scorecard.pace().value().ifPresent(pace -> rows.addAll(List.of(winRate(pace), velocity(pace))));
        scorecard
                .achieved()
                .value()
                .ifPresent(card -> rows.addAll(List.of(
                        impact(card),
                        avoidedLoss(card),
                        scorecard.declared() == null ? typical(card.effects()) : expected(scorecard.declared()))));
        return rows;
    }

    private static Row winRate(ProgrammePace pace) {
        Interval ci = pace.winRateInterval();
        return new Row(
                "Win rate",
                Figures.percent(pace.winRate()),
                "[" + Figures.plain(100 * ci.low()) + ", " + Figures.plain(100 * ci.high()) + "] %",
                Figures.count(pace.shipped()) + " of " + experiments(pace.finished(), "finished ")
                        + " shipped (Wilson’s interval).");
    }

    private static Row velocity(ProgrammePace pace) {
        return new Row(
                "Velocity",
                Figures.plain(pace.perThirtyDays()) + " per 30 days",
                "",
                experiments(pace.finished(), "") + " finished in " + Figures.plain(pace.days())
                        + " days, from the first start to the last end.");
    }

    private Row impact(ProgrammeScorecard card) {
        long counted = withEffect(true);
        long shipped = scorecard.finished().stream()
                .filter(FinishedExperiment::shipped)
                .count();
        return new Row(
                "Impact",
                Figures.percentChange(Math.expm1(card.impact())),
                Figures.percentInterval(percent(card.impactInterval())),
                counted == 0
                        ? "No experiment with an effect shipped."
                        : "Improvement to expect from " + experiments(counted, "shipped ")
                                + (shipped > counted ? " with an effect" : "")
                                + ", each in its own primary metric: shrunken effects compounded. Positive is better.");
    }

    private Row avoidedLoss(ProgrammeScorecard card) {
        long counted = withEffect(false);
        return new Row(
                "Avoided loss",
                Figures.percent(-Math.expm1(-card.avoidedLoss())),
                "",
                counted == 0
                        ? "Every experiment with an effect shipped."
                        : "Loss to expect, had " + experiments(counted, "")
                                + " shipped that did not: those of their shrunken effects that are a harm, compounded.");
    }

    private static Row typical(RandomEffects fit) {
        double half = Significance.DEFAULT.normalQuantile() * fit.muStdError();
        return new Row(
                "Typical effect",
                Figures.percentChange(Math.expm1(fit.mu())),
                Figures.percentInterval(percent(new Interval(fit.mu() - half, fit.mu() + half))),
                "Mean of all " + fit.shrunken().size()
                        + " effects, which each is shrunken towards; positive is better. "
                        + (fit.tau2() > 0
                                ? "Beyond noise they differ by " + Figures.percent(Math.expm1(Math.sqrt(fit.tau2())))
                                        + " (standard deviation)."
                                : "They do not differ beyond noise, so each is shrunken to it altogether."));
    }

    private static Row expected(DeclaredPrior prior) {
        return new Row(
                "Typical effect",
                Figures.percentChange(Math.expm1(prior.mean())),
                "",
                "Declared, not learned: each effect is shrunken towards it; positive is better. They are said to differ by "
                        + Figures.percent(Math.expm1(prior.sd())) + " (standard deviation).");
    }

    private long withEffect(boolean shipped) {
        return scorecard.withEffect().stream()
                .filter(e -> e.shipped() == shipped)
                .count();
    }

    private static Interval percent(Interval logs) {
        return new Interval(Math.expm1(logs.low()), Math.expm1(logs.high()));
    }

    private static String experiments(long count, String kind) {
        return Figures.count(count) + " " + kind + (count == 1 ? "experiment" : "experiments");
    }

    /** What is missing and why, who is left out, and how the figures were made. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (scorecard.finished().isEmpty()) {
            return List.of("No experiment is finished yet, so there is nothing to score.");
        }
        scorecard.achieved().reason().ifPresent(reason -> notes.add(missing(reason)));
        scorecard
                .leftOut()
                .forEach(e -> notes.add("Without an effect, so in win rate and velocity alone: " + e.name() + ". "
                        + e.effect().reason().orElseThrow()));
        if (scorecard.achieved().value().isPresent()) {
            notes.add(
                    "Effects are log ratios of the first primary metric, of the treatment that the verdict names or else the"
                            + " first. Each is shrunken towards "
                            + (scorecard.declared() == null
                                    ? "the mean of all by how noisy it is (normal–normal empirical Bayes, variance by REML)"
                                    : "the declared prior by how noisy it is (normal–normal; fewer than "
                                            + RandomEffects.FEWEST_FOR_PRIOR + " effects teach none)")
                            + ", because the largest of many noisy effects is largest partly by chance."
                            + " Intervals are of 95 %.");
        }
        return notes;
    }

    private String missing(String reason) {
        return scorecard
                        .achieved()
                        .code()
                        .filter("needs_declared_prior"::equals)
                        .isPresent()
                ? "Impact, avoided loss and shrunken effects are missing: how large effects usually are is learned from at least "
                        + RandomEffects.FEWEST_FOR_PRIOR + " finished experiments with an effect, and there "
                        + (scorecard.withEffect().size() == 1 ? "is " : "are ")
                        + scorecard.withEffect().size()
                        + ". Until then a prior that is declared with --prior can stand in."
                : "Impact, avoided loss and shrunken effects are missing: " + reason;
    }

    /** What to expect of that experiment's treatment instead of what was measured; empty where that is not known. */
    String shrunken(String experimentId, String variant) {
        return scorecard
                .raw(experimentId)
                .value()
                .filter(raw -> raw.variant().equals(variant))
                .flatMap(raw -> scorecard.shrunken(experimentId).value().map(raw::change))
                .map(change -> "shrunken " + Figures.percentChange(change))
                .orElse("");
    }
}
