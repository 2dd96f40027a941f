package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Reason;

/** The reading of one special analysis, as the report's JSON and page show it. */
public interface SpecialReading {
    /** Under which key of {@code analysis} it stands in the report's JSON. */
    String key();

    /** The reading as JSON. */
    ObjectNode json();

    /** Its numbers as rows of a table. */
    default List<SpecialRow> rows() {
        return List.of();
    }

    /** What a reader has to know beside the numbers. */
    default List<Reason> notes() {
        return List.of();
    }

    /** What it means for the verdict. */
    default List<Finding> findings() {
        return List.of();
    }
}
