package org.showroomlab.jobs.packed;

import java.nio.charset.StandardCharsets;

/** Reads what a {@link PackedWriter} wrote. One reader is pointed at many arrays in turn. */
public final class PackedReader {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int position;

    /** Starts reading at a place of an array. */
    public PackedReader at(byte[] source, int start) {
        bytes = source;
        position = start;
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public void skip(int count) {
        position += count;
    }

    public int readByte() {
        return bytes[position++] & 0xff;
    }

    public int readInt() {
        int value = intAt(bytes, position);
        position += 4;
        return value;
    }

    public long readLong() {
        long value = longAt(bytes, position);
        position += 8;
        return value;
    }

    public int readVarInt() {
        return (int) readVarLong();
    }

    public long readVarLong() {
        int b = bytes[position++];
        if (b >= 0) {
            return b;
        }
        long value = b & 0x7f;
        int shift = 7;
        do {
            b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b < 0);
        return value;
    }

    public long readSignedVarLong() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    public String readText() {
        int count = readVarInt();
        String text = new String(bytes, position, count, StandardCharsets.UTF_8);
        position += count;
        return text;
    }

    public static long longAt(byte[] source, int at) {
        return (long) PackedWriter.LONG.get(source, at);
    }

    public static int intAt(byte[] source, int at) {
        return (int) PackedWriter.INT.get(source, at);
    }

    public static void setLong(byte[] target, int at, long value) {
        PackedWriter.LONG.set(target, at, value);
    }

    public static void setInt(byte[] target, int at, int value) {
        PackedWriter.INT.set(target, at, value);
    }
}
