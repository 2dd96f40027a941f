package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.dose.TtlRecommendation;
import org.showroomlab.stats.verdict.ArmFinding;
import org.showroomlab.stats.verdict.Contaminated;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.NoRecommendation;
import org.showroomlab.stats.verdict.Reason;

/**
 * How the time to live at the edge changes perceived speed.
 *
 * @param arms in the order of the file
 * @param comparisons of every treatment with the control
 * @param recommendation by the margin and the budget
 * @param compliance share of views that the assigned cache served
 * @param refusal why nothing can be inferred, when the design cannot reach its level; {@code null} otherwise
 */
public record TtlSpeedReading(
        List<Arm> arms,
        List<Compared> comparisons,
        Computable<TtlDose> dose,
        Computable<TtlRecommendation> recommendation,
        Computable<Double> compliance,
        List<NegativeControl> controls,
        @Nullable Reason refusal)
        implements SpecialReading {
    /** Tolerated slowness as a fraction of the best arm's p75. */
    public static final double MARGIN = 0.05;

    /** Largest share of outdated answers. */
    public static final double STALE_BUDGET = 0.05;

    /**
     * One arm.
     *
     * @param clusters caches or showrooms
     * @param periods of them that were counted
     */
    public record Arm(
            String variant,
            boolean control,
            long ttlSeconds,
            int clusters,
            int periods,
            Computable<Estimated> p75,
            Computable<Estimated> good,
            Computable<Estimated> hit,
            Computable<Estimated> stale,
            Computable<Estimated> ttfb) {}

    /** One treatment against the control in one number. */
    public record Compared(
            String number,
            String variant,
            String control,
            String method,
            Computable<Effect> difference,
            @Nullable Computable<RandomizationResult> randomization) {}

    /**
     * What no TTL can change.
     *
     * @param pValue the smallest of the treatments', times their number
     */
    public record NegativeControl(String metric, Computable<Double> pValue) {
        private Optional<Contaminated> contamination(int controls) {
            return pValue.value().map(p -> new Contaminated(metric, p, controls, "TTL"));
        }
    }

    /** Copies the lists. */
    public TtlSpeedReading {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
        controls = List.copyOf(controls);
    }

    /** The arm with the recommended TTL; empty when none is. */
    public Optional<Arm> recommended() {
        return recommendedTtl()
                .flatMap(ttl ->
                        arms.stream().filter(arm -> arm.ttlSeconds() == ttl).findFirst());
    }

    @Override
    public String key() {
        return "ttl_speed";
    }

    /** Whether a negative control differs between the arms, at the level shared by all of them. */
    public boolean contaminated(NegativeControl control) {
        return control.contamination(controls.size()).filter(Finding::active).isPresent();
    }

    /** The negative controls that differ between the arms. */
    public static List<Contaminated> contaminations(List<NegativeControl> controls) {
        return controls.stream()
                .flatMap(control -> control.contamination(controls.size()).stream())
                .filter(Finding::active)
                .toList();
    }

    @Override
    public List<Finding> findings() {
        boolean none = recommendation
                .value()
                .filter(found -> found.ttlSeconds().isEmpty())
                .isPresent();
        List<Contaminated> contaminations = contaminations(controls);
        List<Finding> findings = new ArrayList<>(contaminations);
        findings.add(new Finding.NoAcceptableArm("both limits, of speed and of outdated answers", none));
        arms.stream()
                .filter(arm -> !arm.control())
                .filter(arm -> !nothingIsKnown(arm))
                .map(TtlSpeedReading::staleBudget)
                .filter(Finding::active)
                .forEach(findings::add);
        recommendedTtl().ifPresent(ttl -> findings.add(recommended(ttl)));
        boolean mayShip = contaminations.isEmpty() && arms.stream().anyMatch(TtlSpeedReading::mayShip);
        recommendation
                .reason()
                .filter(why -> mayShip)
                .map(NoRecommendation::new)
                .ifPresent(findings::add);
        return findings;
    }

    private static ArmFinding.StaleBudget staleBudget(Arm arm) {
        return new ArmFinding.StaleBudget(
                arm.variant(), arm.stale().map(stale -> stale.ci().high()), STALE_BUDGET);
    }

    /** Neither of what a recommendation goes by. */
    private static boolean nothingIsKnown(Arm arm) {
        return arm.p75().value().isEmpty() && arm.stale().value().isEmpty();
    }

    /** Whether a treatment could ship for its metrics, which may be others than those that a recommendation goes by. */
    private static boolean mayShip(Arm arm) {
        return !arm.control() && (nothingIsKnown(arm) || !staleBudget(arm).active());
    }

    private ArmFinding recommended(long ttl) {
        return new ArmFinding.RecommendedTtl(
                arms.stream()
                        .filter(arm -> arm.ttlSeconds() == ttl)
                        .map(Arm::variant)
                        .toList(),
                ttl,
                MARGIN,
                STALE_BUDGET);
    }

    private Optional<Long> recommendedTtl() {
        return recommendation.value().map(TtlRecommendation::ttlSeconds).stream()
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .findFirst();
    }

    /** Why no TTL is recommended though all could be judged. */
    public static String noneWithin(TtlRecommendation found) {
        return "No TTL is shown to be within both the margin and the stale budget"
                + (found.withinByEstimates().isEmpty()
                        ? "."
                        : "; by their estimates these are, but their intervals reach beyond: "
                                + found.withinByEstimates().stream()
                                        .map(ttl -> ttl + " s")
                                        .collect(Collectors.joining(", "))
                                + ".");
    }

    @Override
    public List<Reason> notes() {
        return contaminations(controls).stream()
                .map(found -> new Reason(found.code(), found.text()))
                .toList();
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        ArrayNode list = json.putArray("arms");
        arms.forEach(arm -> list.add(json(arm)));
        json.set(
                "dose_response",
                dose.value()
                        .map(TtlDose::json)
                        .orElseGet(() -> SpecialJson.refused(SpecialJson.object(), dose, "isotonic", "log_dose")));
        putRecommendation(json);
        putCompliance(json);
        ArrayNode negative = json.putArray("negative_controls");
        controls.forEach(c -> negative.add(json(c)));
        ArrayNode compared = json.putArray("comparisons");
        comparisons.forEach(c -> compared.add(json(c)));
        if (refusal != null) {
            json.put("reason", refusal.text()).put("reason_code", refusal.code());
        }
        return json;
    }

    private static ObjectNode json(Arm arm) {
        ObjectNode json = SpecialJson.object()
                .put("variant", arm.variant())
                .put("ttl_seconds", arm.ttlSeconds())
                .put("clusters", arm.clusters())
                .put("cluster_periods", arm.periods());
        json.set("p75_lcp_ms", SpecialJson.estimated(arm.p75()).put("method", "woodruff"));
        json.set("good_share", SpecialJson.estimated(arm.good()).put("method", "cr2_satterthwaite"));
        json.set("hit_share", SpecialJson.estimated(arm.hit()).put("method", "cr2_satterthwaite"));
        json.set("stale_share", SpecialJson.estimated(arm.stale()).put("method", "cr2_satterthwaite"));
        json.set("p75_ttfb_ms", SpecialJson.estimated(arm.ttfb()).put("method", "woodruff"));
        return json;
    }

    private void putRecommendation(ObjectNode json) {
        ObjectNode rule = json.putObject("recommendation")
                .put("margin", MARGIN)
                .put("stale_budget", STALE_BUDGET)
                .put(
                        "rule",
                        "the smallest TTL whose p75 upper bound is within the margin of the best p75 and whose"
                                + " stale-share upper bound is within the budget");
        if (recommendation.value().isEmpty()) {
            SpecialJson.refused(json, recommendation, "recommended_ttl_seconds", "not_excluded");
            return;
        }
        TtlRecommendation found = recommendation.orElseThrow();
        if (found.ttlSeconds().isPresent()) {
            json.put("recommended_ttl_seconds", found.ttlSeconds().getAsLong());
        } else {
            String reason = noneWithin(found);
            json.putNull("recommended_ttl_seconds").put("reason", reason);
            rule.put("reason", reason);
        }
        ArrayNode kept = json.putArray("not_excluded");
        found.notExcluded().forEach(kept::add);
    }

    private void putCompliance(ObjectNode json) {
        if (compliance.value().isPresent()) {
            json.put("compliance_share", compliance.orElseThrow());
        } else {
            SpecialJson.refused(json, compliance, "compliance_share");
        }
    }

    private ObjectNode json(NegativeControl control) {
        ObjectNode json = SpecialJson.object().put("metric", control.metric());
        if (control.pValue().value().isEmpty()) {
            return SpecialJson.refused(json, control.pValue(), "p_value");
        }
        return json.put("p_value", control.pValue().orElseThrow()).put("contaminated", contaminated(control));
    }

    private static ObjectNode json(Compared compared) {
        ObjectNode json = SpecialJson.object()
                .put("number", compared.number())
                .put("variant", compared.variant())
                .put("control", compared.control())
                .put("method", compared.method());
        json.set("difference", SpecialJson.effect(compared.difference()));
        Computable<RandomizationResult> test = compared.randomization();
        if (test != null) {
            ObjectNode node = json.putObject("randomization");
            if (test.value().isPresent()) {
                RandomizationResult result = test.orElseThrow();
                node.put("p_value", result.pValue())
                        .put("count", result.count())
                        .put("of", result.of())
                        .put("exact", result.exact());
            } else {
                SpecialJson.refused(node, test, "p_value");
            }
        }
        return json;
    }

    @Override
    public List<SpecialRow> rows() {
        List<SpecialRow> rows = new ArrayList<>();
        arms.forEach(arm -> {
            String of = " of views under a TTL of " + arm.ttlSeconds() + " s, by assigned cache";
            rows.add(SpecialRow.level("p75_lcp_ms", arm.variant(), "woodruff", "p75 LCP" + of, arm.p75()));
            rows.add(SpecialRow.level(
                    "good_share", arm.variant(), "cr2_satterthwaite", "LCP ≤ 2500 ms, share" + of, arm.good()));
            rows.add(SpecialRow.level("hit_share", arm.variant(), "cr2_satterthwaite", "hits, share" + of, arm.hit()));
            rows.add(SpecialRow.level(
                    "stale_share", arm.variant(), "cr2_satterthwaite", "stale answers, share" + of, arm.stale()));
            rows.add(SpecialRow.level("p75_ttfb_ms", arm.variant(), "woodruff", "p75 TTFB" + of, arm.ttfb()));
        });
        comparisons.forEach(c -> rows.add(SpecialRow.effect(
                c.number(),
                c.variant(),
                c.control(),
                c.method(),
                c.number() + " of " + c.variant() + " minus " + c.control(),
                c.difference())));
        dose.value().ifPresent(d -> {
            rows.add(SpecialRow.effect(
                    "p75_per_e_fold", "", "", "weighted_line", "change of p75 LCP per e-fold of the TTL", d.slope()));
            rows.add(SpecialRow.effect(
                    "good_share_per_e_fold",
                    "",
                    "",
                    "cr2_satterthwaite",
                    "change of the good share per e-fold of the TTL",
                    d.goodSlope()));
        });
        return rows;
    }
}
