package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;

/** The set of a unit's observations, one per identity, kept in {@linkplain Observation#CHRONOLOGICAL time order}. */
public final class UnitHistory {
    private final List<Observation> observations;

    public UnitHistory() {
        this.observations = new ArrayList<>(4);
    }

    private UnitHistory(List<Observation> observations) {
        this.observations = observations;
    }

    /** A history of observations that are already in order. */
    public static UnitHistory ofOrdered(List<Observation> ordered) {
        return new UnitHistory(new ArrayList<>(ordered));
    }

    public UnitHistory copy() {
        return new UnitHistory(new ArrayList<>(observations));
    }

    public List<Observation> observations() {
        return Collections.unmodifiableList(observations);
    }

    public boolean isEmpty() {
        return observations.isEmpty();
    }

    /** Puts an observation in the place of any other with its identity. */
    public void put(Observation observation) {
        remove(observation.identity());
        int at = Collections.binarySearch(observations, observation, Observation.CHRONOLOGICAL);
        observations.add(at < 0 ? -at - 1 : at, observation);
    }

    public void remove(Hash128 identity) {
        for (int i = observations.size() - 1; i >= 0; i--) {
            if (observations.get(i).identity().equals(identity)) {
                observations.remove(i);
                return;
            }
        }
    }
}
