package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** What a savepoint remembers of a {@link WireSerializer}: its format and the version of the bytes. */
public final class WireSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int SNAPSHOT_VERSION = 1;

    private @Nullable Class<? extends WireFormat<T>> formatClass;
    private int formatVersion;

    /** For Flink, which fills it by {@link #readSnapshot}. */
    public WireSerializerSnapshot() {}

    WireSerializerSnapshot(WireSerializer<T> serializer) {
        this.formatClass = serializer.formatClass();
        this.formatVersion = serializer.format().version();
    }

    @Override
    public int getCurrentVersion() {
        return SNAPSHOT_VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(Objects.requireNonNull(formatClass).getName());
        out.writeInt(formatVersion);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        String name = in.readUTF();
        try {
            formatClass = (Class<? extends WireFormat<T>>)
                    Class.forName(name, true, classLoader).asSubclass(WireFormat.class);
        } catch (ClassNotFoundException e) {
            throw new IOException("the savepoint needs the format " + name, e);
        }
        formatVersion = in.readInt();
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new WireSerializer<>(Objects.requireNonNull(formatClass), formatVersion);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
        if (!(old instanceof WireSerializerSnapshot<T> that) || !Objects.equals(formatClass, that.formatClass)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (that.formatVersion > formatVersion) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        return that.formatVersion == formatVersion
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }
}
