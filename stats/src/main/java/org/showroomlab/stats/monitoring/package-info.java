/** Looking before the end: boundaries that were paid for, and bands that hold at any time. */
@NullMarked
package org.showroomlab.stats.monitoring;

import org.jspecify.annotations.NullMarked;
