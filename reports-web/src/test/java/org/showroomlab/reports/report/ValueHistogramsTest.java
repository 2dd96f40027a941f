package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.experiment.LogBuckets;

class ValueHistogramsTest {
    /** Of values beyond 2⁵³ scaled units a bucket ends where the next begins, as far as a double can tell. */
    @Test
    void theEdgesOfAllBucketsAscend() {
        int most = LogBuckets.positiveBuckets();
        int[] buckets = IntStream.rangeClosed(-most, most).toArray();
        for (int scale : new int[] {0, Decimal6.DECIMAL_PLACES}) {
            double[] edges = ValueHistograms.edges(buckets, scale);
            for (int i = 1; i < edges.length; i++) {
                assertThat(edges[i]).as("edge %d at scale %d", i, scale).isGreaterThan(edges[i - 1]);
            }
        }
    }
}
