package org.showroomlab.jobs.count;

import java.util.function.LongPredicate;

/** What is kept of a share of all identities or units. */
public interface BucketTable {
    /** How many identities or units there are. */
    int size();

    /** Forgets what belongs to times that nobody needs any more. */
    void retain(LongPredicate neededMillis);
}
