/** Time until something happens: waiting, picking up, cancelling, renewing. */
@NullMarked
package org.showroomlab.stats.survival;

import org.jspecify.annotations.NullMarked;
