package org.showroomlab.ingest.simulate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One place where people see the goods.
 *
 * @param currency the local currency, ISO 4217
 * @param popUp on a mobile network that fails; what its devices record is delivered when it is back
 * @param weight relative number of visitors
 */
record Showroom(String id, String region, String market, String currency, boolean popUp, double weight) {
    static final List<Showroom> ALL = List.of(
            new Showroom("lisboa-chiado", "Lisboa", "PT", "EUR", false, 12),
            new Showroom("lisboa-marvila", "Lisboa", "PT", "EUR", true, 6),
            new Showroom("porto-cedofeita", "Norte", "PT", "EUR", false, 10),
            new Showroom("madrid-malasana", "Madrid", "ES", "EUR", false, 11),
            new Showroom("madrid-retiro", "Madrid", "ES", "EUR", true, 5),
            new Showroom("barcelona-born", "Catalunya", "ES", "EUR", false, 10),
            new Showroom("paris-marais", "Ile-de-France", "FR", "EUR", false, 12),
            new Showroom("lyon-croix-rousse", "Auvergne-Rhone-Alpes", "FR", "EUR", true, 5),
            new Showroom("berlin-mitte", "Berlin", "DE", "EUR", false, 10),
            new Showroom("hamburg-schanze", "Hamburg", "DE", "EUR", true, 5),
            new Showroom("london-shoreditch", "London", "GB", "GBP", false, 9),
            new Showroom("london-peckham", "London", "GB", "GBP", true, 5));

    private static final Map<String, Integer> INDEX = IntStream.range(0, ALL.size())
            .boxed()
            .collect(Collectors.toMap(i -> ALL.get(i).id(), i -> i));

    static int indexOf(String id) {
        Integer index = INDEX.get(id);
        if (index == null) {
            throw new IllegalArgumentException("no showroom " + id);
        }
        return index;
    }

    boolean tradesInEuro() {
        return currency.equals("EUR");
    }

    /** The probability that a visitor's home is this showroom. */
    double share() {
        return weight / ALL.stream().mapToDouble(Showroom::weight).sum();
    }

    static double euroShare() {
        return ALL.stream()
                .filter(Showroom::tradesInEuro)
                .mapToDouble(Showroom::share)
                .sum();
    }

    static double[] cumulativeShares() {
        double[] cumulative = new double[ALL.size()];
        double sum = 0;
        for (int i = 0; i < cumulative.length; i++) {
            sum += ALL.get(i).share();
            cumulative[i] = sum;
        }
        return cumulative;
    }
}
