package org.showroomlab.recovery;

import org.apache.flink.api.common.ApplicationID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.CheckpointStoreUtil;
import org.apache.flink.runtime.jobmanager.ApplicationStoreUtil;
import org.apache.flink.runtime.jobmanager.ExecutionPlanStoreUtil;

/** What the files of jobs, applications and checkpoints are called. */
final class RecordNames {
    static final ExecutionPlanStoreUtil JOBS = new ExecutionPlanStoreUtil() {
        @Override
        public String jobIDToName(JobID job) {
            return job.toString();
        }

        @Override
        public JobID nameToJobID(String name) {
            return JobID.fromHexString(name);
        }
    };

    static final ApplicationStoreUtil APPLICATIONS = new ApplicationStoreUtil() {
        @Override
        public String applicationIdToName(ApplicationID application) {
            return application.toString();
        }

        @Override
        public ApplicationID nameToApplicationId(String name) {
            return ApplicationID.fromHexString(name);
        }
    };

    /** With leading zeros, so that the order of names is the order of checkpoints. */
    static final CheckpointStoreUtil CHECKPOINTS = new CheckpointStoreUtil() {
        @Override
        public String checkpointIDToName(long checkpoint) {
            return String.format("%019d", checkpoint);
        }

        @Override
        public long nameToCheckpointID(String name) {
            return Long.parseLong(name);
        }
    };

    private RecordNames() {}
}
