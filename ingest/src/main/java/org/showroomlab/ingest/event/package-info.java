/** The event vocabulary: what a showroom, a till or an edge cache can say. */
@NullMarked
package org.showroomlab.ingest.event;

import org.jspecify.annotations.NullMarked;
