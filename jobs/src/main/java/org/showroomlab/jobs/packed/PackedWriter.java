package org.showroomlab.jobs.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that numbers are written to; little-endian, variable lengths where small numbers are common. */
public final class PackedWriter {
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;

    public PackedWriter(int capacity) {
        this(new byte[capacity]);
    }

    /** Writes into that array while it is large enough. */
    public PackedWriter(byte[] room) {
        this.bytes = room;
    }

    /** The array being written; valid up to {@link #length()} and until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Goes back to an earlier length. */
    public void truncate(int to) {
        length = to;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    public void writeInt(int value) {
        ensure(4);
        INT.set(bytes, length, value);
        length += 4;
    }

    public void writeLong(long value) {
        ensure(8);
        LONG.set(bytes, length, value);
        length += 8;
    }

    /** Replaces an int written before. */
    public void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** A number that is rarely negative and mostly small: 7 bits per byte. */
    public void writeVarLong(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number of either sign, mostly small. */
    public void writeSignedVarLong(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    public void writeBytes(byte[] from, int start, int count) {
        ensure(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    /** Text as its length and its bytes. */
    public void writeText(byte[] from, int start, int count) {
        writeVarLong(count);
        writeBytes(from, start, count);
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
        }
    }
}
