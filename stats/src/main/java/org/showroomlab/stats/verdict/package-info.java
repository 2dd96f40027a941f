/** What may be decided from the numbers, and what forbids deciding. */
@NullMarked
package org.showroomlab.stats.verdict;

import org.jspecify.annotations.NullMarked;
