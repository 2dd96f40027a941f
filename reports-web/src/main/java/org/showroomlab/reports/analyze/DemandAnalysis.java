package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.demand.CensoredPoisson;

/** Demand per drop when sales stop at the stock. */
final class DemandAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        long[] sales = item.counts("sales");
        long[] stock = item.counts("stock", sales.length);
        for (int i = 0; i < sales.length; i++) {
            if (sales[i] > stock[i]) {
                throw new InvalidItem(item.name("sales") + "[" + i + "] must be at most the stock of " + stock[i] + ": "
                        + sales[i] + ".");
            }
        }
        Computable<CensoredPoisson> fit = CensoredPoisson.of(sales, stock);
        ObjectNode json = Answers.object();
        Answers.number(json, "naive", Arrays.stream(sales).average());
        return fit.value()
                .map(f -> json.put("lambda", f.lambda()).put("std_error", f.stdError()))
                .orElseGet(() -> Answers.refused(json, fit, "lambda", "std_error"));
    }
}
