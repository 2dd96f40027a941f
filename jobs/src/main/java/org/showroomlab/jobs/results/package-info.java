/** What the jobs say: absolute, versioned rows that may be written any number of times. */
@NullMarked
package org.showroomlab.jobs.results;

import org.jspecify.annotations.NullMarked;
