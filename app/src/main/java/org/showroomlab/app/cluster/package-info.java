/** A Flink cluster and a broker on this machine, each process on its own, and how jobs get there. */
@NullMarked
package org.showroomlab.app.cluster;

import org.jspecify.annotations.NullMarked;
