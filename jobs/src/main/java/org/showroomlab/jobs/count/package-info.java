/** The pure core: what a unit's set of observations adds to the statistics. No Flink in here. */
@NullMarked
package org.showroomlab.jobs.count;

import org.jspecify.annotations.NullMarked;
