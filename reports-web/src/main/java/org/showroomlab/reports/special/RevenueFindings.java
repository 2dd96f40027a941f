package org.showroomlab.reports.special;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.verdict.ArmFinding;
import org.showroomlab.stats.verdict.ArmsNotCompared;
import org.showroomlab.stats.verdict.Finding;

/**
 * What revenue per visitor means for the verdict on prices. Conversion falls with the price as a rule, so whether a price is
 * right is for revenue to say.
 */
final class RevenueFindings {
    private RevenueFindings() {}

    /** Of every treatment; of the control nothing is decided. */
    static List<Finding> of(PriceCurve curve) {
        int prices = curve.prices().size();
        return curve.mcb()
                .value()
                .map(all -> compared(curve, all))
                // Where the prices cannot be compared, because one sold nothing or nobody saw it, none is ruled out.
                .orElseGet(() ->
                        List.of(new ArmsNotCompared(prices, curve.mcb().reason().orElse(""))));
    }

    private static List<Finding> compared(PriceCurve curve, List<ComparisonWithBest> all) {
        List<ArmEstimate> revenue = curve.prices().stream()
                .map(price -> price.revenuePerVisitor().orElseThrow())
                .toList();
        int candidates =
                (int) all.stream().filter(ComparisonWithBest::couldBeBest).count();
        int best = IntStream.range(0, all.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> revenue.get(i).estimate()))
                .orElseThrow();
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.ArmsNotSeparated(candidates, all.size()));
        for (int i = 0; i < all.size(); i++) {
            PriceCurve.Tested price = curve.prices().get(i);
            if (price.control()) {
                continue;
            }
            boolean could = all.get(i).couldBeBest();
            double earned = revenue.get(i).estimate();
            findings.add(new ArmFinding.BestByRevenue(price.variant(), could, candidates, earned));
            findings.add(new ArmFinding.ExcludedByRevenue(
                    price.variant(),
                    could,
                    earned,
                    curve.prices().get(best).variant(),
                    revenue.get(best).estimate()));
        }
        return findings;
    }
}
