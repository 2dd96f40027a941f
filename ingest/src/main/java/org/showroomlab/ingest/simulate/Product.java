package org.showroomlab.ingest.simulate;

import java.util.List;

/**
 * One thing on the shelf.
 *
 * @param priceMinor in minor units of whichever currency is local
 */
record Product(String sku, long priceMinor) {
    static final List<Product> SHELF = List.of(
            new Product("tote-01", 1900),
            new Product("tee-02", 2900),
            new Product("candle-03", 2400),
            new Product("print-04", 3500),
            new Product("mug-05", 1600),
            new Product("cap-06", 2200),
            new Product("scarf-07", 4500),
            new Product("vase-08", 3900));

    /** Every product is equally likely in an order. */
    static double meanPriceMinor() {
        return SHELF.stream().mapToLong(Product::priceMinor).average().orElseThrow();
    }
}
