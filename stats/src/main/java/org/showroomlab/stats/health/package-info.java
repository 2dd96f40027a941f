/** Whether the experiment was run as it was designed. */
@NullMarked
package org.showroomlab.stats.health;

import org.jspecify.annotations.NullMarked;
