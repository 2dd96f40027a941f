package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.price.PriceArm;

/** The tested prices with their visitors and buyers, in input order. */
record TestedPrices(double[] price, long[] visitors, long[] buyers) {

    static TestedPrices of(Fields item) {
        double[] price = item.numbers("price");
        long[] n = item.counts("n", price.length);
        long[] x = item.counts("x", price.length);
        for (int i = 0; i < price.length; i++) {
            if (!(price[i] > 0)) {
                throw new InvalidItem(item.name("price") + "[" + i + "] must be greater than 0: " + price[i] + ".");
            }
            if (x[i] > n[i]) {
                throw new InvalidItem(item.name("x") + "[" + i + "] must be at most n = " + n[i] + ": " + x[i] + ".");
            }
        }
        return new TestedPrices(price, n, x);
    }

    int size() {
        return price.length;
    }

    /** All arms, or the reason why there is one without visitors. */
    Computable<List<PriceArm>> arms() {
        List<PriceArm> arms = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            if (visitors[i] == 0) {
                return Computable.notComputable("not_enough_data", "Nobody was exposed to the price " + price[i] + ".");
            }
            arms.add(new PriceArm(price[i], visitors[i], buyers[i]));
        }
        return Computable.of(List.copyOf(arms));
    }

    ArrayNode revenuePerVisitor() {
        ArrayNode list = Answers.list();
        for (int i = 0; i < size(); i++) {
            ObjectNode json = list.addObject().put("price", price[i]);
            if (visitors[i] == 0) {
                json.putNull("estimate").putNull("std_error").put("reason", "Nobody was exposed to this price.");
            } else {
                ArmEstimate revenue = new PriceArm(price[i], visitors[i], buyers[i]).revenuePerVisitor();
                json.put("estimate", revenue.estimate()).put("std_error", revenue.stdError());
            }
        }
        return list;
    }

    ArrayNode comparisonWithBest(double alpha) {
        Computable<List<ComparisonWithBest>> mcb = arms().flatMap(arms -> ComparisonWithBest.of(
                arms.stream().map(PriceArm::revenuePerVisitor).toList(), alpha));
        ArrayNode list = Answers.list();
        for (int i = 0; i < size(); i++) {
            ObjectNode json = list.addObject().put("price", price[i]);
            if (mcb.value().isEmpty()) {
                Answers.refused(json, mcb, "lower", "upper", "could_be_best");
            } else {
                ComparisonWithBest own = mcb.orElseThrow().get(i);
                json.put("lower", own.lower())
                        .put("upper", own.upper())
                        .put("could_be_best", own.couldBeBest())
                        .put("chance_best", own.chanceBest());
            }
        }
        return list;
    }
}
