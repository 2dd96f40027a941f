/** Many p-values or e-values at once. */
@NullMarked
package org.showroomlab.stats.many;

import org.jspecify.annotations.NullMarked;
