@NullMarked
package org.showroomlab.ingest.event;

import org.jspecify.annotations.NullMarked;
