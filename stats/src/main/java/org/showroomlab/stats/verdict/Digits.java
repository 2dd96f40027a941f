package org.showroomlab.stats.verdict;

import java.util.Locale;

/** How a number stands in a sentence or a table: few digits, a true minus sign, narrow spaces between thousands. */
public final class Digits {
    private static final String MINUS = "\u2212";
    private static final String THIN_SPACE = "\u202f";

    private Digits() {}

    /** Three significant digits; ∞ without an end. */
    public static String plain(double value) {
        return threeDigits(value).replace("-", MINUS);
    }

    /** The same with the sign of what is above zero. */
    public static String signed(double value) {
        String text = plain(value);
        return value > 0 && Double.isFinite(value) && !text.equals("0") ? "+" + text : text;
    }

    /** .0016, or &lt; .0001. */
    public static String pValue(double p) {
        if (p < 0.0001) {
            return "< .0001";
        }
        String digits = p < 0.01 ? "%.4f" : "%.3f";
        String text = String.format(Locale.ROOT, digits, p);
        return text.startsWith("0") ? text.substring(1) : text;
    }

    /** p = .0016, or p &lt; .0001, on one line. */
    public static String p(double p) {
        String text = pValue(p);
        return "p\u00a0" + (text.startsWith("<") ? text : "=\u00a0" + text).replace(" ", "\u00a0");
    }

    private static String threeDigits(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (Double.isInfinite(size)) {
            return value < 0 ? "-∞" : "∞";
        }
        if (size < 0.000_01) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.replace(",", THIN_SPACE);
    }
}
