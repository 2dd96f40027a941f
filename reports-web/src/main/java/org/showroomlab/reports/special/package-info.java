/** What the special analyses read out of an experiment, beyond the comparison of its metrics. */
@NullMarked
package org.showroomlab.reports.special;

import org.jspecify.annotations.NullMarked;
