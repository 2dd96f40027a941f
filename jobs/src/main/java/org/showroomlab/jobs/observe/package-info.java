/** From a record's bytes to what the experiments need of it. */
@NullMarked
package org.showroomlab.jobs.observe;

import org.jspecify.annotations.NullMarked;
