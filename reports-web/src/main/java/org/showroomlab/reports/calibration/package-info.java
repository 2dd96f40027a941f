/** How often each method is wrong: the table that a simulation makes, and its published result. */
@NullMarked
package org.showroomlab.reports.calibration;

import org.jspecify.annotations.NullMarked;
