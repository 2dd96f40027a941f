package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;

/** Micros in plain digits without trailing zeros, as {@code BigDecimal.stripTrailingZeros().toPlainString()} writes them. */
public final class PlainDecimal {
    /** The most bytes that {@link #append} writes: a sign, a point and the 19 digits of a {@code long}. */
    public static final int MAX_BYTES = 21;

    private static final long MICROS = 1_000_000;

    private PlainDecimal() {}

    /** Writes the number to {@code out} from position {@code at} on and returns the position after it. */
    public static int append(long micros, byte[] out, int at) {
        if (micros < 0) {
            out[at++] = '-';
        }
        // The magnitude of the smallest long only fits without a sign.
        long magnitude = micros < 0 ? -micros : micros;
        at = appendWhole(Long.divideUnsigned(magnitude, MICROS), out, at);
        int fraction = (int) Long.remainderUnsigned(magnitude, MICROS);
        if (fraction != 0) {
            out[at++] = '.';
            for (int place = (int) MICROS / 10; fraction != 0; place /= 10) {
                out[at++] = (byte) ('0' + fraction / place);
                fraction %= place;
            }
        }
        return at;
    }

    /** The number as text. */
    public static String text(long micros) {
        byte[] out = new byte[MAX_BYTES];
        return new String(out, 0, append(micros, out, 0), StandardCharsets.US_ASCII);
    }

    private static int appendWhole(long whole, byte[] out, int at) {
        int end = at + 1;
        for (long rest = whole / 10; rest != 0; rest /= 10) {
            end++;
        }
        for (int i = end - 1; i >= at; i--) {
            out[i] = (byte) ('0' + whole % 10);
            whole /= 10;
        }
        return end;
    }
}
