/**
 * A second opinion: every stored statistic recomputed from the raw events by plain SQL, with nothing of the counting job.
 * The SQL is in the resources beside this package, one file per idea; the Java here reads files, writes the experiments'
 * definitions into the SQL, and compares.
 */
@NullMarked
package org.showroomlab.reports.verify;

import org.jspecify.annotations.NullMarked;
