package org.showroomlab.app.broker;

import java.util.concurrent.TimeoutException;

/** Brokers that do not answer, or refuse: one sentence for a person. */
public final class BrokerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokerUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    static BrokerUnavailable at(String brokers, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean silent =
                cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException;
        String why = silent ? "no broker answers there" : String.valueOf(cause.getMessage());
        return new BrokerUnavailable("the topics cannot be reached at " + brokers + ": " + why, failure);
    }
}
