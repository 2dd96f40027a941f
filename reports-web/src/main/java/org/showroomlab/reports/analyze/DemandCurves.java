package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.price.ConstantElasticity;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.price.PriceArm;

/** Demand over three or more prices: constant elasticity, logistic, and merely falling. */
final class DemandCurves {

    private DemandCurves() {}

    static void write(ObjectNode json, TestedPrices tested, double marginalCost) {
        Computable<List<PriceArm>> arms = tested.arms();
        json.set("log_binomial", logBinomial(arms.flatMap(ConstantElasticity::fit)));
        json.set("logit", logit(arms.flatMap(LogitDemand::fit), marginalCost));
        if (arms.value().isPresent()) {
            json.set("isotonic", Answers.numbers(falling(arms.orElseThrow())));
        } else {
            Answers.refused(json, arms, "isotonic");
        }
    }

    private static ObjectNode logBinomial(Computable<ConstantElasticity> fit) {
        return fit.value()
                .map(f -> Answers.object()
                        .put("intercept", f.intercept())
                        .put("elasticity", f.elasticity())
                        .put("std_error", f.stdError()))
                .orElseGet(() -> Answers.refused(Answers.object(), fit, "intercept", "elasticity", "std_error"));
    }

    private static ObjectNode logit(Computable<LogitDemand> fit, double marginalCost) {
        if (fit.value().isEmpty()) {
            return Answers.refused(Answers.object(), fit, "a", "b", "std_errors", "optimum");
        }
        LogitDemand demand = fit.orElseThrow();
        ObjectNode json = Answers.object().put("a", demand.a()).put("b", demand.b());
        json.set("std_errors", Answers.numbers(Math.sqrt(demand.varianceA()), Math.sqrt(demand.varianceB())));
        json.set("optimum", optimum(demand.optimum(marginalCost).flatMap(o -> inside(demand, o))));
        return json;
    }

    /** A model is no evidence beyond the prices that were tried. */
    private static Computable<LogitDemand.Optimum> inside(LogitDemand demand, LogitDemand.Optimum optimum) {
        return optimum.insideTested()
                ? Computable.of(optimum)
                : Computable.notComputable(
                        "outside_tested_prices",
                        "The model puts the best price at " + optimum.price() + ", outside the tested "
                                + demand.lowestPrice() + " to " + demand.highestPrice() + ".");
    }

    private static ObjectNode optimum(Computable<LogitDemand.Optimum> optimum) {
        return optimum.value()
                .map(o -> Answers.object()
                        .put("price", o.price())
                        .put("std_error", o.stdError())
                        .put("revenue", o.revenue()))
                .orElseGet(() -> Answers.refused(Answers.object(), optimum, "price", "std_error", "revenue"));
    }

    private static double[] falling(List<PriceArm> arms) {
        return MonotoneCurve.Direction.DECREASING.fit(
                arms.stream().mapToDouble(PriceArm::price).toArray(),
                arms.stream().mapToDouble(PriceArm::conversion).toArray(),
                arms.stream().mapToDouble(PriceArm::visitors).toArray());
    }
}
