package org.showroomlab.reports.analyze;

import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.design.ClusterPower;
import org.showroomlab.stats.design.MeanPower;
import org.showroomlab.stats.design.NonInferiorityPower;
import org.showroomlab.stats.design.PlannedLevel;
import org.showroomlab.stats.design.PowerCurve;
import org.showroomlab.stats.design.ProportionPower;

/** What a planned test will compare. */
enum PowerMetric {
    MEAN("delta") {
        @Override
        PowerCurve curve(Fields item) {
            return new MeanPower(item.positive("sd"), level(item, sidesOfAlternative(item)));
        }
    },
    PROPORTION("p1") {
        @Override
        PowerCurve curve(Fields item) {
            return new ProportionPower(item.share("p0"), level(item, sidesOfAlternative(item)));
        }
    },
    CLUSTERS("delta") {
        @Override
        PowerCurve curve(Fields item) {
            return new ClusterPower(
                    item.positive("sd"),
                    item.positive("m"),
                    item.number("icc"),
                    item.number("cv", 0),
                    level(item, sidesOfAlternative(item)));
        }
    },
    NON_INFERIORITY("margin") {
        @Override
        PowerCurve curve(Fields item) {
            return new NonInferiorityPower(item.positive("sd"), level(item, 1).perSide());
        }
    };

    private final String effectName;

    PowerMetric(String effectName) {
        this.effectName = effectName;
    }

    abstract PowerCurve curve(Fields item);

    /** The field that holds the effect. */
    String effectName() {
        return effectName;
    }

    /** Where only a direction is asked for; which one makes no difference to a planned test. */
    private static int sidesOfAlternative(Fields item) {
        return item.significance().alternative() == Alternative.TWO_SIDED ? 2 : 1;
    }

    private static PlannedLevel level(Fields item, int usualSides) {
        double sides = item.number("sides", usualSides);
        if (sides != 1 && sides != 2) {
            throw new InvalidItem(item.name("sides") + " must be 1 or 2: " + sides + ".");
        }
        return new PlannedLevel(item.alpha(), (int) sides);
    }
}
