package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.monitoring.Spending;

/** The boundary of each planned look; one that cannot be crossed is null. */
final class GroupSequentialAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        double[] information = ascending(item);
        GroupSequential plan = new GroupSequential(item.choice("spending", Spending.OBRIEN_FLEMING), item.alpha());
        GroupSequential.Boundaries boundaries = plan.boundaries(information);
        ObjectNode json = Answers.object();
        json.set("z", Answers.numbers(boundaries.z()));
        json.set("cumulative_alpha", Answers.numbers(boundaries.cumulativeAlpha()));
        return boundaries.z().stream().allMatch(Double::isFinite)
                ? json
                : json.put("reason", "Where z is null, so little may be spent that no statistic can cross.");
    }

    private static double[] ascending(Fields item) {
        double[] information = item.numbers("information");
        double before = 0;
        for (double t : information) {
            if (!(t > before && t <= 1)) {
                throw new InvalidItem(
                        item.name("information") + " must ascend within (0, 1]: " + t + " after " + before + ".");
            }
            before = t;
        }
        return information;
    }
}
