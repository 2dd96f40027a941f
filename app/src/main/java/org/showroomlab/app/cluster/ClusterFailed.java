package org.showroomlab.app.cluster;

/** A cluster that does not do what it is told: one sentence for a person. */
public final class ClusterFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterFailed(String sentence) {
        super(sentence);
    }

    public ClusterFailed(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
