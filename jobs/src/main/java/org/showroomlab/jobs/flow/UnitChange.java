package org.showroomlab.jobs.flow;

import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;

/**
 * What a unit must do: put an observation in its history, or take one back.
 *
 * @param observation {@code null}: take back the one with that identity
 */
record UnitChange(Hash128 unit, Hash128 identity, @Nullable Observation observation) {
    static UnitChange put(Observation observation) {
        return new UnitChange(observation.unit(), observation.identity(), observation);
    }

    static UnitChange takeBack(Hash128 unit, Hash128 identity) {
        return new UnitChange(unit, identity, null);
    }
}
