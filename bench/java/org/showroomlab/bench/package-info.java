/** Measures the product beside what an engineer would use instead; scripts in {@code bench/} run it. */
@NullMarked
package org.showroomlab.bench;

import org.jspecify.annotations.NullMarked;
