package org.showroomlab.stats.verdict;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.showroomlab.stats.verdict.Finding.Weight;

/**
 * What the findings leave to the metrics: which arms may ship, and which may be rolled back for their success metrics.
 *
 * @param open whether success metrics decide nothing
 * @param excluded arms that do not ship
 * @param spared arms that are not rolled back for their success metrics
 * @param asked arms of which one has to ship for anything to ship; empty where any may
 */
public record ArmLimits(boolean open, Set<String> excluded, Set<String> spared, Set<String> asked) {

    /** Copies the sets. */
    public ArmLimits {
        excluded = Set.copyOf(excluded);
        spared = Set.copyOf(spared);
        asked = Set.copyOf(asked);
    }

    /** Those of the active ones among the findings. */
    public static ArmLimits of(List<Finding> findings) {
        Set<Weight> weights =
                findings.stream().filter(Finding::active).map(Finding::weight).collect(Collectors.toSet());
        return new ArmLimits(
                weights.contains(Weight.LEAVES_OPEN) || weights.contains(Weight.DISTORTS),
                arms(findings, Set.of(Weight.EXCLUDES_ARM)),
                arms(findings, Set.of(Weight.SPARES_ARM, Weight.ASKS_FOR_ARM)),
                arms(findings, Set.of(Weight.ASKS_FOR_ARM)));
    }

    private static Set<String> arms(List<Finding> findings, Set<Weight> weights) {
        return findings.stream()
                .filter(Finding::active)
                .filter(finding -> weights.contains(finding.weight()))
                .filter(ArmFinding.class::isInstance)
                .flatMap(finding -> ((ArmFinding) finding).arms().stream())
                .collect(Collectors.toSet());
    }

    /** Whether worse success metrics may roll an arm back. */
    public boolean mayRollBack(String arm) {
        return !open && !spared.contains(arm);
    }

    /** Whether "ship" may be said when the metrics of these arms ask for it. */
    public boolean mayShip(Collection<String> arms) {
        return arms.stream().anyMatch(this::mayShip)
                && (asked.isEmpty() || arms.stream().anyMatch(arm -> asked.contains(arm) && mayShip(arm)));
    }

    /** Whether an arm may be among those that ship. */
    public boolean mayShip(String arm) {
        return !excluded.contains(arm);
    }
}
