/** Own, versioned binary formats of everything that crosses the network or stands in state. */
@NullMarked
package org.showroomlab.jobs.wire;

import org.jspecify.annotations.NullMarked;
