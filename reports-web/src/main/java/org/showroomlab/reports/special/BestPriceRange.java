package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.price.ConstantElasticity;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.verdict.Digits;

/**
 * The price that earns most per visitor as each model has it, inside the tested prices. No model is the truth: how far they
 * are apart is what the choice of one hides.
 *
 * @param models at least one, the observed one last
 */
public record BestPriceRange(List<Model> models) {

    /**
     * One model's best price.
     *
     * @param model {@code logit}, {@code log_binomial}, {@code isotonic}, or {@code observed} for the tested price that
     *     earned most
     * @param atEnd whether it is the lowest or highest tested price because the model's own lies beyond, or at none
     */
    public record Model(String model, double price, boolean atEnd) {
        /** Its name in words. */
        public String label() {
            return switch (model) {
                case "logit" -> "logistic demand";
                case "log_binomial" -> "constant elasticity";
                case "isotonic" -> "the curve that never rises";
                default -> "the revenue observed";
            };
        }
    }

    /** Copies the list. */
    public BestPriceRange {
        models = List.copyOf(models);
    }

    static Computable<BestPriceRange> of(
            List<PriceArm> arms,
            Computable<LogitDemand> logit,
            Computable<ConstantElasticity> constant,
            double marginalCost) {
        if (arms.stream().noneMatch(arm -> arm.buyers() > 0)) {
            return Computable.notComputable("no_sales", "Nobody bought at any price.");
        }
        double lowest = arms.stream().mapToDouble(PriceArm::price).min().orElseThrow();
        double highest = arms.stream().mapToDouble(PriceArm::price).max().orElseThrow();
        List<Model> models = new ArrayList<>();
        // A model without a best price earns ever more with the price, so that the highest tested one is its best.
        logit.value()
                .map(demand -> demand.optimum(marginalCost).map(LogitDemand.Optimum::price))
                .map(best -> inside("logit", best.value().orElse(Double.POSITIVE_INFINITY), lowest, highest))
                .ifPresent(models::add);
        constant.value()
                .map(fit -> ConstantElasticity.bestPrice(fit.elasticity(), marginalCost))
                .map(best -> inside("log_binomial", best.value().orElse(Double.POSITIVE_INFINITY), lowest, highest))
                .ifPresent(models::add);
        List<Double> falling = PriceCurve.falling(arms);
        models.add(tested("isotonic", arms, falling, marginalCost));
        models.add(
                tested("observed", arms, arms.stream().map(PriceArm::conversion).toList(), marginalCost));
        return Computable.of(new BestPriceRange(models));
    }

    private static Model inside(String model, double price, double lowest, double highest) {
        return new Model(model, Math.max(lowest, Math.min(highest, price)), price < lowest || price > highest);
    }

    private static Model tested(String model, List<PriceArm> arms, List<Double> conversion, double marginalCost) {
        int best = IntStream.range(0, arms.size())
                .boxed()
                .max(Comparator.comparingDouble(i -> (arms.get(i).price() - marginalCost) * conversion.get(i)))
                .orElseThrow();
        return new Model(model, arms.get(best).price(), false);
    }

    /** The lowest of the models' prices. */
    public double low() {
        return models.stream().mapToDouble(Model::price).min().orElseThrow();
    }

    /** The highest of them. */
    public double high() {
        return models.stream().mapToDouble(Model::price).max().orElseThrow();
    }

    ObjectNode json() {
        ObjectNode json = SpecialJson.object().put("low", low()).put("high", high());
        ArrayNode list = json.putArray("models");
        models.forEach(m -> list.addObject()
                .put("model", m.model())
                .put("price", m.price())
                .put("end_of_tested_prices", m.atEnd()));
        return json.put("note", note());
    }

    /** The observed best with the range in place of an interval; a choice of models has no standard error. */
    Estimated level() {
        double observed = models.get(models.size() - 1).price();
        return new Estimated(observed, Double.NaN, new Interval(low(), high()));
    }

    /** The range and where it comes from. */
    String note() {
        return "The models put the best tested price between " + Digits.plain(low()) + " and "
                + Digits.plain(high()) + ": "
                + models.stream()
                        .map(m -> m.label() + " at " + Digits.plain(m.price())
                                + (m.atEnd() ? ", the end of the tested prices" : ""))
                        .collect(Collectors.joining("; "))
                + ".";
    }
}
