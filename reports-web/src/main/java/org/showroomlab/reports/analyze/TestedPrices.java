package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.price.PriceArm;

/** The tested prices with their visitors and buyers, in input order. */
record TestedPrices(List<TestedPrice> prices) {

    /** One of them; a price that nobody saw is no arm. */
    record TestedPrice(double price, long visitors, long buyers) {

        Computable<PriceArm> arm() {
            return visitors == 0
                    ? Computable.notComputable("not_enough_data", "Nobody was exposed to the price " + price + ".")
                    : Computable.of(new PriceArm(price, visitors, buyers));
        }

        ObjectNode revenuePerVisitor() {
            ObjectNode json = Answers.object().put("price", price);
            Computable<ArmEstimate> revenue = arm().map(PriceArm::revenuePerVisitor);
            return revenue.value()
                    .map(r -> json.put("estimate", r.estimate()).put("std_error", r.stdError()))
                    .orElseGet(() -> Answers.refused(json, revenue, "estimate", "std_error"));
        }
    }

    static TestedPrices of(Fields item) {
        double[] price = item.numbers("price");
        long[] n = item.counts("n", price.length);
        long[] x = item.counts("x", price.length);
        List<TestedPrice> prices = new ArrayList<>();
        for (int i = 0; i < price.length; i++) {
            if (!(price[i] > 0)) {
                throw new InvalidItem(item.name("price") + "[" + i + "] must be greater than 0: " + price[i] + ".");
            }
            if (x[i] > n[i]) {
                throw new InvalidItem(item.name("x") + "[" + i + "] must be at most n = " + n[i] + ": " + x[i] + ".");
            }
            prices.add(new TestedPrice(price[i], n[i], x[i]));
        }
        return new TestedPrices(List.copyOf(prices));
    }

    /** All arms, or the reason why one of the prices is none. */
    Computable<List<PriceArm>> arms() {
        Computable<List<PriceArm>> arms = Computable.of(List.of());
        for (TestedPrice tested : prices) {
            arms = arms.flatMap(before -> tested.arm()
                    .map(arm -> Stream.concat(before.stream(), Stream.of(arm)).toList()));
        }
        return arms;
    }

    ArrayNode revenuePerVisitor() {
        ArrayNode list = Answers.list();
        prices.forEach(p -> list.add(p.revenuePerVisitor()));
        return list;
    }

    ArrayNode comparisonWithBest(double alpha) {
        Computable<List<ComparisonWithBest>> mcb = arms().flatMap(arms -> ComparisonWithBest.of(
                arms.stream().map(PriceArm::revenuePerVisitor).toList(), alpha));
        ArrayNode list = Answers.list();
        for (int i = 0; i < prices.size(); i++) {
            ObjectNode json = list.addObject().put("price", prices.get(i).price());
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
