package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.price.TwoPriceElasticity;

/** What a price does to conversion and revenue: two prices by their ratio, more by demand curves. */
final class ElasticityAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        TestedPrices tested = TestedPrices.of(item);
        ObjectNode json = Answers.object();
        if (tested.prices().size() == 2) {
            twoPrices(json, item, tested.arms());
        } else if (tested.prices().size() > 2) {
            DemandCurves.write(json, tested, item.number("marginal_cost", 0));
        }
        json.set("revenue_per_visitor", tested.revenuePerVisitor());
        json.set("mcb", tested.comparisonWithBest(item.alpha()));
        return json;
    }

    private static void twoPrices(ObjectNode json, Fields item, Computable<List<PriceArm>> arms) {
        TwoPriceElasticity elasticity = new TwoPriceElasticity(item.significance());
        Computable<Effect> arc = arms.flatMap(a -> elasticity.arc(a.get(0), a.get(1)));
        Computable<Effect> logRatio = arms.flatMap(a -> elasticity.logRatio(a.get(0), a.get(1)));
        json.set("arc", Answers.effect(arc));
        json.set("log_ratio", Answers.effect(logRatio));
    }
}
