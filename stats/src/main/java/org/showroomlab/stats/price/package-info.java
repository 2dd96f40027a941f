/** What a price does to conversion and revenue. */
@NullMarked
package org.showroomlab.stats.price;

import org.jspecify.annotations.NullMarked;
