/** Flat bytes: how observations travel between operators and stand in state. */
@NullMarked
package org.showroomlab.jobs.packed;

import org.jspecify.annotations.NullMarked;
