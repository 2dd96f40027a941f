package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Names of which there are few and which stand in millions of records, such as sources: read as one object each, since a
 * copy per record would be most of the state.
 */
final class Names {
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Names() {}

    static void write(String name, DataOutputView out) throws IOException {
        StringValue.writeString(name, out);
    }

    static String read(DataInputView in) throws IOException {
        String name = StringValue.readString(in);
        String known = KNOWN.putIfAbsent(name, name);
        return known == null ? name : known;
    }
}
