package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.reports.special.PriceCurve;

/** What a price does to conversion and revenue: two prices by their ratio, more by demand curves. */
final class ElasticityAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        return PriceCurve.of(tested(item), item.number("marginal_cost", 0), item.significance(), item.alpha())
                .json();
    }

    private static List<PriceCurve.Tested> tested(Fields item) {
        double[] price = item.numbers("price");
        long[] n = item.counts("n", price.length);
        long[] x = item.counts("x", price.length);
        List<PriceCurve.Tested> prices = new ArrayList<>();
        for (int i = 0; i < price.length; i++) {
            if (!(price[i] > 0)) {
                throw new InvalidItem(item.name("price") + "[" + i + "] must be greater than 0: " + price[i] + ".");
            }
            if (x[i] > n[i]) {
                throw new InvalidItem(item.name("x") + "[" + i + "] must be at most n = " + n[i] + ": " + x[i] + ".");
            }
            prices.add(new PriceCurve.Tested("", i == 0, price[i], n[i], x[i]));
        }
        return prices;
    }
}
