package org.showroomlab.jobs.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.showroomlab.ingest.scan.Words;

/** Numbers names as they are first seen, from 0, and finds the number of a name that stands in an array of bytes. */
public final class NameTable {
    private byte[][] names = new byte[16][];
    private int[] slots = new int[32];
    private int size;

    public int size() {
        return size;
    }

    /** The name with this number. */
    public String name(int number) {
        return new String(bytes(number), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int number) {
        byte[] name = names[number];
        if (name == null) {
            throw new IllegalArgumentException("number must be below " + size + ", was " + number);
        }
        return name;
    }

    /** The number of the name; a new one when it is seen for the first time. */
    public int number(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return number(bytes, 0, bytes.length);
    }

    /** The number of the name in that region; a new one when it is seen for the first time. */
    public int number(byte[] source, int start, int length) {
        int slot = slot(source, start, length);
        if (slots[slot] > 0) {
            return slots[slot] - 1;
        }
        if (2 * (size + 1) > slots.length) {
            grow();
            slot = slot(source, start, length);
        }
        names[size] = Arrays.copyOfRange(source, start, start + length);
        slots[slot] = ++size;
        return size - 1;
    }

    /** The number of the name in that region, or −1. */
    public int find(byte[] source, int start, int length) {
        return slots[slot(source, start, length)] - 1;
    }

    private void grow() {
        names = Arrays.copyOf(names, 2 * names.length);
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            byte[] name = bytes(i);
            slots[slot(name, 0, name.length)] = i + 1;
        }
    }

    private int slot(byte[] source, int start, int length) {
        int slot = hash(source, start, length) & (slots.length - 1);
        while (slots[slot] > 0) {
            byte[] name = bytes(slots[slot] - 1);
            if (name.length == length && Words.areEqual(name, 0, source, start, length)) {
                return slot;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Of the ends only: names of one kind differ there, and long ones cost no more than short ones. */
    private static int hash(byte[] source, int start, int length) {
        long mixed;
        if (length >= 8) {
            mixed = PackedReader.longAt(source, start) * 31 + PackedReader.longAt(source, start + length - 8);
        } else {
            mixed = length;
            for (int i = 0; i < length; i++) {
                mixed = mixed << 8 ^ source[start + i];
            }
        }
        // Names that differ in their last characters differ in the highest bits, which a multiplication moves nowhere.
        mixed = (mixed ^ (mixed >>> 32)) + length;
        return (int) ((mixed * 0x9E3779B97F4A7C15L) >>> 32);
    }
}
