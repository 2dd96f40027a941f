package org.showroomlab.app.crash;

import java.time.Duration;

/**
 * A process that was killed.
 *
 * @param at since the first event was sent
 * @param checkpoint the newest complete checkpoint at that moment
 * @param received how many records the web app had at that moment
 * @param recovery until the process was there again and, except for the web app, a checkpoint that began after the kill
 *     was complete
 */
record Kill(String victim, Duration at, long checkpoint, long received, Duration recovery) {}
