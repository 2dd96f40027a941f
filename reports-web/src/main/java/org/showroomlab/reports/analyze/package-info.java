/** Statistics from sufficient statistics: JSON in, JSON out. */
@NullMarked
package org.showroomlab.reports.analyze;

import org.jspecify.annotations.NullMarked;
