package org.showroomlab.stats.verdict;

import java.util.IdentityHashMap;
import java.util.List;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.many.PValueAdjustment;

/** The p-values that decide: of every success metric of every treatment and of nothing else, corrected by Holm. */
final class SuccessFamily {
    /** Keyed by identity: two treatments may have equal evidence. */
    private final IdentityHashMap<MetricEvidence, Double> adjusted = new IdentityHashMap<>();

    SuccessFamily(List<MetricEvidence> metrics) {
        List<MetricEvidence> success = metrics.stream()
                .filter(m -> m.role() == Role.SUCCESS && m.difference().value().isPresent())
                .toList();
        double[] holm = PValueAdjustment.HOLM.adjust(success.stream()
                .map(m -> m.difference().orElseThrow())
                .mapToDouble(Effect::pValue)
                .toArray());
        for (int i = 0; i < holm.length; i++) {
            adjusted.put(success.get(i), holm[i]);
        }
    }

    boolean isEmpty() {
        return adjusted.isEmpty();
    }

    /** 1 for what is not computable or not in it. */
    double pValue(MetricEvidence metric) {
        return adjusted.getOrDefault(metric, 1.0);
    }

    double smallest() {
        return adjusted.values().stream().mapToDouble(Double::doubleValue).min().orElse(1);
    }

    /** A p-value with the family that it is over: a table may show another one of the same comparison. */
    String words(double pValue) {
        return Digits.p(pValue)
                + (adjusted.size() == 1
                        ? ", the only primary comparison"
                        : " by Holm over the " + adjusted.size() + " primary comparisons");
    }
}
