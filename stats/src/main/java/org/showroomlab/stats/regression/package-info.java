/** Linear and generalized linear models over a handful of rows. */
@NullMarked
package org.showroomlab.stats.regression;

import org.jspecify.annotations.NullMarked;
