/**
 * What lets a Flink job manager that was killed go on with its jobs on one machine without ZooKeeper or Kubernetes: who
 * leads, which jobs run and which checkpoints are complete, all in files.
 */
@NullMarked
package org.showroomlab.recovery;

import org.jspecify.annotations.NullMarked;
