/** Quantiles of what was measured, from histograms that can be merged and subtracted. */
@NullMarked
package org.showroomlab.stats.quantile;

import org.jspecify.annotations.NullMarked;
