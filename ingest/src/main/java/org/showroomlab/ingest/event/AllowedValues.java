package org.showroomlab.ingest.event;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The closed sets of values that the contract names. */
public final class AllowedValues {
    public static final Set<String> CHANNELS = Set.of("online", "walk_in");
    public static final Set<String> CACHE_STATUSES = Set.of("hit", "miss", "stale", "bypass");
    public static final Set<String> PURCHASE_KINDS = new java.util.TreeSet<>(
            Set.of("preorder", "pickup", "sale", "subscription", "renewal", "cancellation", "refund", "no_show"));
    public static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    public static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private AllowedValues() {}
}
