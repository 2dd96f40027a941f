package org.showroomlab.reports.store;

import java.time.Instant;

/**
 * Live rows do not come at the moment.
 *
 * @param since when
 * @param reason a sentence for whoever runs this
 */
public record Interruption(Instant since, String reason) {}
