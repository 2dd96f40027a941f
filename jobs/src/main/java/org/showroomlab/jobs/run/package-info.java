/** Runs of the job: inside this process, or as a named job on a cluster. */
@NullMarked
package org.showroomlab.jobs.run;

import org.jspecify.annotations.NullMarked;
