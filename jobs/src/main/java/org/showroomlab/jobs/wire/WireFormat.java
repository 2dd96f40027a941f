package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of one type. Formats are stateless, have a public no-argument constructor, and read every version that
 * they ever wrote.
 */
public interface WireFormat<T> {

    /** The version that {@link #write} writes; goes up when the bytes change. */
    default int version() {
        return 1;
    }

    void write(T value, DataOutputView out) throws IOException;

    T read(int version, DataInputView in) throws IOException;

    /** A copy that shares nothing mutable; immutable types return the value itself. */
    default T copy(T value) {
        return value;
    }

    Class<T> type();
}
