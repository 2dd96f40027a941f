/** Ordered arms, above all times to live against perceived speed. */
@NullMarked
package org.showroomlab.stats.dose;

import org.jspecify.annotations.NullMarked;
