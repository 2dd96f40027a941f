/** The fast path from bytes to numbers: common records are read where they stand, without an object per event. */
@NullMarked
package org.showroomlab.ingest.scan;

import org.jspecify.annotations.NullMarked;
