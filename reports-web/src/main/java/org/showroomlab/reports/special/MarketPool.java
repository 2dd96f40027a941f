package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.reports.special.PriceElasticityReading.Market;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.RandomEffects;

/**
 * The markets' elasticities as draws from one distribution.
 *
 * <p>Visitors without a market are an unknown mix of markets and currencies, and no draw; only where nobody has a market
 * are all visitors one.
 *
 * @param markets that are pooled, in the order of the shrunken elasticities
 * @param leftOut the others
 * @param fit over the pooled ones
 * @param elasticity the mean of the distribution
 */
public record MarketPool(
        List<String> markets, List<LeftOut> leftOut, Computable<RandomEffects> fit, Computable<Effect> elasticity) {

    /** A market that is not pooled, and why. */
    public record LeftOut(String market, String code, String reason) {}

    /** Copies the lists. */
    public MarketPool {
        markets = List.copyOf(markets);
        leftOut = List.copyOf(leftOut);
    }

    /** The pool of these markets. */
    public static MarketPool of(List<Market> markets, Significance significance) {
        boolean named = markets.stream().anyMatch(m -> !m.market().isEmpty());
        List<String> pooled = new ArrayList<>();
        List<Effect> known = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        for (Market market : markets) {
            Computable<Effect> elasticity = named && market.market().isEmpty()
                    ? Computable.notComputable(
                            "no_market", "Visitors without a market are an unknown mix of markets and currencies.")
                    : market.curve().elasticity();
            if (elasticity.value().isPresent()) {
                pooled.add(market.market());
                known.add(elasticity.orElseThrow());
            } else {
                leftOut.add(new LeftOut(
                        market.market(),
                        elasticity.code().orElseThrow(),
                        elasticity.reason().orElseThrow()));
            }
        }
        Computable<RandomEffects> fit = RandomEffects.of(
                known.stream().mapToDouble(Effect::estimate).toArray(),
                known.stream().mapToDouble(Effect::stdError).toArray(),
                RandomEffects.Method.DERSIMONIAN_LAIRD);
        return new MarketPool(
                pooled,
                leftOut,
                fit,
                known.size() == 1
                        ? Computable.of(known.get(0))
                        : fit.map(p -> significance.normal(p.mu(), p.muStdError())));
    }

    ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        json.set("elasticity", SpecialJson.effect(elasticity));
        json.put("method", "random_effects_dersimonian_laird");
        if (fit.value().isPresent()) {
            RandomEffects random = fit.orElseThrow();
            json.put("tau2", random.tau2()).put("q", random.q()).put("q_p_value", random.qPValue());
            ArrayNode shrunken = json.putArray("shrunken");
            for (int i = 0; i < markets.size(); i++) {
                shrunken.addObject()
                        .put("market", markets.get(i))
                        .put("elasticity", random.shrunken().get(i));
            }
        } else {
            SpecialJson.refused(json, fit, "tau2", "q", "q_p_value");
        }
        ArrayNode others = json.putArray("left_out");
        leftOut.forEach(m -> others.addObject()
                .put("market", m.market())
                .put("reason", m.reason())
                .put("reason_code", m.code()));
        return json;
    }
}
