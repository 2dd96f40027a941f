/** Runs of the job inside this process. */
@NullMarked
package org.showroomlab.jobs.run;

import org.jspecify.annotations.NullMarked;
