package org.showroomlab.ingest.simulate;

/** When a pop-up is without network. Each stretch of offline_days is cut into an online part and an offline part. */
final class PopUpNetwork {
    private final long startMillis;
    private final long stretchMillis;
    private final double offlineShare;
    private final Randomness random;

    PopUpNetwork(ParameterTable parameters, Quarter quarter, long seed) {
        this.offlineShare = parameters.number("noise.offline_share");
        // A network that is away for this share of each stretch is back after offline_days at most.
        double stretchDays = parameters.number("noise.offline_days") / Math.max(offlineShare, 0.1);
        this.startMillis = quarter.startMillis();
        this.stretchMillis = (long) (stretchDays * Quarter.DAY_MILLIS);
        this.random = Randomness.of(seed, "pop-up-network");
    }

    /** When something recorded at that moment can leave the showroom. */
    long onlineAtMillis(int showroom, long atMillis) {
        long stretch = Math.floorDiv(atMillis - startMillis, stretchMillis);
        double offlineMillis = offlineShare * stretchMillis;
        double offset = random.restart(stretch * Showroom.ALL.size() + showroom).uniform();
        long offlineFrom = startMillis + stretch * stretchMillis + (long) (offset * (stretchMillis - offlineMillis));
        long offlineUntil = offlineFrom + (long) offlineMillis;
        return atMillis >= offlineFrom && atMillis < offlineUntil ? offlineUntil : atMillis;
    }
}
