/** The proof, on real processes, that kills change nothing: run by {@code bench/crash.sh}. */
@NullMarked
package org.showroomlab.app.crash;

import org.jspecify.annotations.NullMarked;
