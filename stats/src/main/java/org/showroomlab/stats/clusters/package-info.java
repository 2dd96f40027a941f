/** Edge caches, showrooms and periods as units of randomisation: the unit decides everything. */
@NullMarked
package org.showroomlab.stats.clusters;

import org.jspecify.annotations.NullMarked;
