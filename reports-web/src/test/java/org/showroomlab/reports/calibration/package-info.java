@NullMarked
package org.showroomlab.reports.calibration;

import org.jspecify.annotations.NullMarked;
