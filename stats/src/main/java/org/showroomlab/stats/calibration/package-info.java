/** How often is this method wrong? Seeded simulations of every default. */
@NullMarked
package org.showroomlab.stats.calibration;

import org.jspecify.annotations.NullMarked;
