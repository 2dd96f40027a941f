package org.showroomlab.jobs.count;

/** What is kept of a share of all identities or units. */
public interface BucketTable {
    /** How many identities or units there are. */
    int size();
}
