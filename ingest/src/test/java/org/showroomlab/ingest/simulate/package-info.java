@NullMarked
package org.showroomlab.ingest.simulate;

import org.jspecify.annotations.NullMarked;
