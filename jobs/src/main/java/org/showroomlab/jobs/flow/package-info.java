/** The Flink job: operators around the pure core, and how they are wired. */
@NullMarked
package org.showroomlab.jobs.flow;

import org.jspecify.annotations.NullMarked;
