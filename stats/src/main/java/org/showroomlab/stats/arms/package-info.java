/** Two arms with the visitor as unit: differences, relative lifts and covariate adjustment. */
@NullMarked
package org.showroomlab.stats.arms;

import org.jspecify.annotations.NullMarked;
