package org.showroomlab.jobs.wire;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The Flink type of everything with a {@link WireFormat}. */
public final class WireType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? extends WireFormat<T>> formatClass;

    private WireType(Class<? extends WireFormat<T>> formatClass) {
        this.formatClass = formatClass;
    }

    /** The type that a format writes. */
    public static <T> WireType<T> writtenBy(Class<? extends WireFormat<T>> formatClass) {
        return new WireType<>(formatClass);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return new WireSerializer<T>(formatClass).format().type();
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new WireSerializer<>(formatClass);
    }

    @Override
    public String toString() {
        return "Wire(" + formatClass.getSimpleName() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WireType<?> that && formatClass.equals(that.formatClass);
    }

    @Override
    public int hashCode() {
        return formatClass.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WireType;
    }
}
