package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One type of analysis: reads its fields, asks the statistics library, writes the answer. */
@FunctionalInterface
interface Analysis {

    /** The answer to one item. */
    ObjectNode answer(Fields item);
}
