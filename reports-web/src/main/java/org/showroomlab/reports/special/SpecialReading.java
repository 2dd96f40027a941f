package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The reading of one special analysis, as the report's JSON and page show it. */
public interface SpecialReading {
    /** Under which key of {@code analysis} it stands in the report's JSON. */
    String key();

    /** The reading as JSON. */
    ObjectNode json();
}
