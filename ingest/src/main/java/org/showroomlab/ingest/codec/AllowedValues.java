package org.showroomlab.ingest.codec;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The closed sets of values that the contract names. */
final class AllowedValues {
    static final Set<String> CHANNELS = Set.of("online", "walk_in");
    static final Set<String> CACHE_STATUSES = Set.of("hit", "miss", "stale", "bypass");
    static final Set<String> PURCHASE_KINDS = new java.util.TreeSet<>(
            Set.of("preorder", "pickup", "sale", "subscription", "renewal", "cancellation", "refund", "no_show"));
    static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private AllowedValues() {}
}
