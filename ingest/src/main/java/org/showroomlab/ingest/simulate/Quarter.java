package org.showroomlab.ingest.simulate;

import java.time.Duration;
import java.time.Instant;

/**
 * The calendar of a simulated quarter: a lead-in that feeds covariates, then enrolment, then a last window in which
 * every outcome of the last enrolled visitor still falls, so that no window is cut off.
 */
record Quarter(int days) {
    static final int MIN_DAYS = 4;
    static final int MAX_DAYS = 366;
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    Quarter {
        if (days < MIN_DAYS || days > MAX_DAYS) {
            throw new IllegalArgumentException("days must be from " + MIN_DAYS + " to " + MAX_DAYS + ", was " + days);
        }
    }

    long startMillis() {
        return START.toEpochMilli();
    }

    long endMillis() {
        return startMillis() + days * DAY_MILLIS;
    }

    Instant end() {
        return Instant.ofEpochMilli(endMillis());
    }

    /** Days before enrolment; 14 in a full quarter. */
    int leadDays() {
        return Math.min(14, Math.max(1, days / 6));
    }

    /** Days after enrolment; 30 in a full quarter. */
    int windowDays() {
        return Math.min(30, Math.max(1, days / 3));
    }

    int enrolmentDays() {
        return days - leadDays() - windowDays();
    }

    long enrolFromMillis() {
        return startMillis() + leadDays() * DAY_MILLIS;
    }

    Instant enrolFrom() {
        return Instant.ofEpochMilli(enrolFromMillis());
    }

    /** Hours after exposure in which the shop's sales fall; a week in a full quarter. */
    int shopWindowHours() {
        return Math.min(168, windowDays() * 24);
    }

    /** Hours after exposure within which a subscription starts. */
    int subscribeHours() {
        return Math.min(48, windowDays() * 12);
    }

    /** Weekly renewals that always fall into the window, whenever the subscription started. */
    int renewals() {
        return (windowDays() * 24 - subscribeHours()) / (7 * 24);
    }

    int dropHours() {
        return Math.min(48, windowDays() * 12);
    }

    /** Hours after exposure in which a preorder can be picked up. */
    int pickupHours() {
        return Math.min(96, windowDays() * 24);
    }

    /** Hours after exposure in which everything about a preorder has come out, the no-shows too. */
    int dropWindowHours() {
        return pickupHours() + 12;
    }
}
