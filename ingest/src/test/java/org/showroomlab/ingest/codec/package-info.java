@NullMarked
package org.showroomlab.ingest.codec;

import org.jspecify.annotations.NullMarked;
