/** Before the start: how many units, how small an effect, how much power. */
@NullMarked
package org.showroomlab.stats.design;

import org.jspecify.annotations.NullMarked;
