package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A {@link WireFormat} as Flink wants it. */
public final class WireSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? extends WireFormat<T>> formatClass;
    private final int readVersion;
    private transient @Nullable WireFormat<T> format;

    public WireSerializer(Class<? extends WireFormat<T>> formatClass) {
        this.formatClass = formatClass;
        WireFormat<T> current = newFormat(formatClass);
        this.format = current;
        this.readVersion = current.version();
    }

    /** Reads an older version, as found in a savepoint. */
    WireSerializer(Class<? extends WireFormat<T>> formatClass, int readVersion) {
        this.formatClass = formatClass;
        this.format = newFormat(formatClass);
        this.readVersion = readVersion;
    }

    Class<? extends WireFormat<T>> formatClass() {
        return formatClass;
    }

    WireFormat<T> format() {
        WireFormat<T> current = format;
        if (current == null) {
            current = newFormat(formatClass);
            format = current;
        }
        return current;
    }

    private static <T> WireFormat<T> newFormat(Class<? extends WireFormat<T>> formatClass) {
        try {
            return formatClass.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a format needs a public no-argument constructor: " + formatClass, e);
        }
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new WireSerializer<>(formatClass, readVersion);
    }

    @Override
    @SuppressWarnings("NullAway") // Flink asks for an empty instance only to reuse it, which read() never does.
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return format().copy(from);
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        format().write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return format().read(readVersion, source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireSerializer<?> that
                && formatClass.equals(that.formatClass)
                && readVersion == that.readVersion;
    }

    @Override
    public int hashCode() {
        return formatClass.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new WireSerializerSnapshot<>(this);
    }
}
