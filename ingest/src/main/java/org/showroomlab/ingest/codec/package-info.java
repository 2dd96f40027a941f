/** The only place that knows JSON: bytes to events and back, with a reason for every refusal. */
@NullMarked
package org.showroomlab.ingest.codec;

import org.jspecify.annotations.NullMarked;
