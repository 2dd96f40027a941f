/** Tests of the fast path: never another answer than the codec, and never silently slow. */
@NullMarked
package org.showroomlab.ingest.scan;

import org.jspecify.annotations.NullMarked;
