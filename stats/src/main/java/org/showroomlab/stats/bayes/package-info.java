/** The same evidence as degrees of belief. */
@NullMarked
package org.showroomlab.stats.bayes;

import org.jspecify.annotations.NullMarked;
