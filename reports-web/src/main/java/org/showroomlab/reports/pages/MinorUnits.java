package org.showroomlab.reports.pages;

import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How amounts in minor units are written: 480 yen, 4.99 euros, 1.500 dinars.
 *
 * @param label what they are of
 * @param digits behind the decimal point
 */
record MinorUnits(String label, int digits) {
    /** Where no currency is known most have hundredths, which the label says. */
    static MinorUnits of(@Nullable String currency) {
        return currency == null
                ? new MinorUnits("units of 100 minor units", 2)
                : new MinorUnits(
                        currency, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()));
    }

    /** A price that was set, to the last digit. */
    String price(double minor) {
        long whole = Math.round(minor);
        long unit = (long) Math.pow(10, digits);
        String fraction = digits == 0 ? "" : String.format(Locale.ROOT, ".%0" + digits + "d", whole % unit);
        return Figures.count(whole / unit) + fraction;
    }

    /** An estimate, to three digits. */
    String amount(double minor) {
        return Figures.plain(minor / Math.pow(10, digits));
    }
}
