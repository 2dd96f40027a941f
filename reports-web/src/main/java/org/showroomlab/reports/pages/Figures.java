package org.showroomlab.reports.pages;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.showroomlab.reports.report.ValueUnit;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.verdict.Digits;

/** How figures are written for people: few digits, a true minus sign, grouped thousands. */
public final class Figures {
    private static final String MINUS = "\u2212";
    private static final String THIN_SPACE = "\u202f";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private Figures() {}

    /** 12 345 with narrow spaces. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(",", THIN_SPACE).replace("-", MINUS);
    }

    /** A level in the unit that people read: 18.2 %, 4.99 EUR. */
    public static String level(double value, ValueUnit unit) {
        return plain(value * unit.displayFactor()) + unit.levelSuffix();
    }

    /** A difference with its sign: −0.82 pp. */
    public static String difference(double value, ValueUnit unit) {
        return unit.ofDifferences().change(value);
    }

    /** [−1.3, −0.31] pp; an open end is ∞. */
    public static String differenceInterval(Interval ci, ValueUnit unit) {
        return unit.ofDifferences().interval(ci);
    }

    /** −4.3 %. */
    public static String percentChange(double fraction) {
        return signed(100 * fraction) + " %";
    }

    /** [−6.9, −1.7] %. */
    public static String percentInterval(Interval ci) {
        return "[" + signed(100 * ci.low()) + ", " + signed(100 * ci.high()) + "] %";
    }

    /** 3.1 %. */
    public static String percent(double fraction) {
        return plain(100 * fraction) + " %";
    }

    /** .0016, or &lt; .0001. */
    public static String pValue(double p) {
        return Digits.pValue(p);
    }

    /** p = .0016, or p &lt; .0001. */
    static String p(double p) {
        return Digits.p(p);
    }

    /** Three significant digits. */
    public static String plain(double value) {
        return Digits.plain(value);
    }

    static String signed(double value) {
        return Digits.signed(value);
    }

    /** A round number on an axis, with its sign and no idle zeros. */
    static String label(double value) {
        String text = axis(value);
        return text.equals("0") || text.startsWith(MINUS) ? text : "+" + text;
    }

    /** The same of numbers that need no sign; large ones in thousands, millions and so on, because an axis is narrow. */
    static String axis(double value) {
        double size = Math.abs(value);
        String unit = "";
        double divisor = 1;
        if (size >= 1e12) {
            divisor = 1e12;
            unit = THIN_SPACE + "tn";
        } else if (size >= 1e9) {
            divisor = 1e9;
            unit = THIN_SPACE + "bn";
        } else if (size >= 1e6) {
            divisor = 1e6;
            unit = THIN_SPACE + "m";
        } else if (size >= 1e4) {
            divisor = 1e3;
            unit = THIN_SPACE + "k";
        }
        BigDecimal rounded = new BigDecimal(value / divisor, new MathContext(4)).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString().replace("-", MINUS) + unit;
    }

    /** A coordinate of a drawing. */
    static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String minute(Instant instant, ZoneId zone) {
        return MINUTE.format(instant.atZone(zone)) + " " + zone(zone);
    }

    /** The name of a time zone as people know it. */
    public static String zone(ZoneId zone) {
        return zone.getId().equals("Z") ? "UTC" : zone.getId();
    }

    static String day(Instant instant, ZoneId zone) {
        return DAY.format(instant.atZone(zone));
    }
}
