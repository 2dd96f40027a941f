package org.showroomlab.jobs.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;

/**
 * What an experiment counts by place and time, to tell what its stock had to do with it: stock reports, which no visitor
 * makes, and some events of its visitors.
 *
 * @param reportSlot the value stream of what is on hand; {@link MetricPlan#NONE}: the experiment does not count stock
 * @param flows of the visitors' events
 */
public record StockPlan(int reportSlot, List<Flow> flows) {
    public static final StockPlan NONE = new StockPlan(MetricPlan.NONE, List.of());
    /** The kind of the row that counts a stock report. */
    public static final String REPORT = "report";
    /** The page that a storefront shows to a visitor who wanted what is gone. */
    public static final String SOLD_OUT_PAGE = "sold-out";
    /** How finely the time of visitors' events is kept; reports keep theirs as it is. */
    public static final long MINUTE_MILLIS = 60_000;

    public StockPlan {
        flows = List.copyOf(flows);
    }

    /**
     * One kind of visitors' events.
     *
     * @param hasSku whether it is of a product, and not only of a showroom
     */
    public record Flow(String kind, int slot, boolean hasSku) {}

    static StockPlan of(Experiment experiment, ToIntFunction<Measure> slot) {
        if (experiment.unit() != Experiment.UnitKind.VISITOR
                || experiment.analysis() != Experiment.Analysis.PREORDER_WALK_IN) {
            return NONE;
        }
        Measure preorders = measure(EventType.PURCHASE, "kind", "preorder", "quantity");
        Measure visits = measure(EventType.VISIT, null, "", null);
        Measure turnedAway = measure(EventType.VISIT, "page", SOLD_OUT_PAGE, null);
        List<Flow> flows = new ArrayList<>();
        flows.add(new Flow("preorder", slot.applyAsInt(preorders), true));
        flows.add(new Flow("visit", slot.applyAsInt(visits), false));
        flows.add(new Flow("turned_away", slot.applyAsInt(turnedAway), false));
        return new StockPlan(slot.applyAsInt(measure(EventType.STOCK, null, "", "on_hand")), flows);
    }

    private static Measure measure(EventType type, @Nullable String field, String text, @Nullable String value) {
        List<Filter.Condition> where = field == null
                ? List.of()
                : List.of(new Filter.Condition(field(field), new HashSet<>(Set.of(text)), Set.of()));
        return new Measure(EnumSet.of(type), new Filter(where), null, value == null ? null : field(value));
    }

    private static EventField field(String name) {
        Optional<EventField> field = EventField.named(name);
        return field.orElseThrow();
    }

    public boolean countsReports() {
        return reportSlot != MetricPlan.NONE;
    }
}
