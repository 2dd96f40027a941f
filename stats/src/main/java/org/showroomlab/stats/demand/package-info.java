/** What would have been sold had the stock not run out. */
@NullMarked
package org.showroomlab.stats.demand;

import org.jspecify.annotations.NullMarked;
