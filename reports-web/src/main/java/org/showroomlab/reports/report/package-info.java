/** From stored sums to typed reports: every number with its method, its estimand and its uncertainty. */
@NullMarked
package org.showroomlab.reports.report;

import org.jspecify.annotations.NullMarked;
