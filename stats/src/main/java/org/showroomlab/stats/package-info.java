/**
 * The vocabulary of the library: sufficient statistics of an arm go in, an {@link org.showroomlab.stats.Effect} or the
 * reason why there is none comes out.
 */
@NullMarked
package org.showroomlab.stats;

import org.jspecify.annotations.NullMarked;
