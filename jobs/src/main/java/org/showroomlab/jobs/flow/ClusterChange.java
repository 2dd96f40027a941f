package org.showroomlab.jobs.flow;

import org.showroomlab.jobs.count.ClusterSums;
import org.showroomlab.jobs.count.ClusterUnit;

/** What events have added to a unit since the last flush of a subtask. */
record ClusterChange(ClusterUnit unit, ClusterSums change) {}
