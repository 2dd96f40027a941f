package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.reports.special.PreorderWalkIn.StockLine;
import org.showroomlab.reports.special.PreorderWalkIn.Taken;

/**
 * What became of each showroom's pieces of each product: who preordered them, when the showroom reported that none was
 * left, and who came too late.
 *
 * <p>A product has sold out when the last reports of it before the drop's end, one or more, say 0; it did at the first of
 * these. A piece that comes back when the drop is over changes nothing, and one that comes back before lets it go on. Where
 * more than {@link #MOST_EMPTY} of the visits found none and it was filled again, it had sold out when it was empty first. A
 * report after the end tells only of pieces that preorders before the end have taken, or that nobody had reported by then. A
 * product that one arm alone orders, and whose reports carry no other arm, is that arm's own: then what visitors of both
 * arms took of it counts, too.
 */
final class CountedStock {
    private static final long MINUTE_MILLIS = 60_000;

    /** The share of visits, or of the time where there are none, that an empty shelf may meet and count as none. */
    private static final double MOST_EMPTY = 0.01;

    private record Shelf(String showroom, String sku) {}

    private record Place(String showroom, String variant) {}

    private final Experiment experiment;
    private final long dropEndMillis;
    private final Map<Shelf, ShelfLevels> levels = new HashMap<>();

    private final Map<Shelf, Set<String>> carried = new HashMap<>();
    /** By shelf and arm (empty: of both): pieces preordered in each minute, in scaled units. */
    private final Map<Shelf, TreeMap<String, TreeMap<Long, BigInteger>>> preordered = new HashMap<>();

    private final Map<Place, TreeMap<Long, Long>> visits = new HashMap<>();
    private final Map<Place, Long> turnedAway = new HashMap<>();
    private long reports;

    /** By showroom: what it reported for an arm, or what was ordered there. */
    private final NavigableMap<String, List<Shelf>> shelves = new TreeMap<>();

    private final Map<Shelf, Optional<SoldOut>> soldOut = new HashMap<>();
    private final Set<String> showroomsSharedAndGone = new HashSet<>();

    /** @param asOf later ones there are none */
    CountedStock(Experiment experiment, List<StockCount> rows, Instant asOf) {
        this.experiment = experiment;
        this.dropEndMillis =
                Math.min(asOf.toEpochMilli() + 1, experiment.end().toEpochMilli()); // what is as of that time counts
        Map<StockCount, Long> netEvents = new HashMap<>();
        Map<StockCount, BigInteger> netPieces = new HashMap<>();
        for (StockCount row : rows) {
            StockCount cell = cell(row);
            netEvents.merge(cell, row.n(), Long::sum);
            netPieces.merge(cell, row.pieces(), BigInteger::add);
        }
        netEvents.forEach((cell, n) -> {
            if (n > 0 && cell.kind().equals("report")) {
                addReport(cell, n);
            }
        });
        Map<String, List<Shelf>> reporting = levels.keySet().stream().collect(Collectors.groupingBy(Shelf::showroom));
        netEvents.forEach((cell, n) -> {
            if (n > 0) {
                addFlow(reporting, cell, n, netPieces.getOrDefault(cell, BigInteger.ZERO));
            }
        });
        Stream.concat(preordered.keySet().stream(), carried.keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(Shelf::sku))
                .forEach(shelf -> shelves.computeIfAbsent(shelf.showroom(), s -> new ArrayList<>())
                        .add(shelf));
        shelvesSharedAndGone().forEach(shelf -> showroomsSharedAndGone.add(shelf.showroom()));
    }

    /** The cell that the days' increments of a row add up to. */
    private StockCount cell(StockCount row) {
        return new StockCount(
                row.experiment(),
                row.kind(),
                row.showroom(),
                row.sku(),
                row.variant(),
                row.atMillis(),
                row.onHand(),
                java.time.LocalDate.EPOCH,
                0,
                BigInteger.ZERO);
    }

    private void addReport(StockCount cell, long n) {
        Shelf shelf = new Shelf(cell.showroom(), cell.sku());
        reports += n;
        levels.computeIfAbsent(shelf, s -> new ShelfLevels()).report(cell.atMillis(), cell.onHand());
        if (!cell.variant().isEmpty()) {
            carried.computeIfAbsent(shelf, s -> new TreeSet<>()).add(cell.variant());
        }
    }

    private void addFlow(Map<String, List<Shelf>> reporting, StockCount cell, long n, BigInteger pieces) {
        Place place = new Place(cell.showroom(), cell.variant());
        switch (cell.kind()) {
            case "preorder" ->
                preordered
                        .computeIfAbsent(shelf(reporting, cell), s -> new TreeMap<>())
                        .computeIfAbsent(cell.variant(), v -> new TreeMap<>())
                        .merge(cell.atMillis(), pieces, BigInteger::add);
            case "visit" -> visits.computeIfAbsent(place, p -> new TreeMap<>()).merge(cell.atMillis(), n, Long::sum);
            case "turned_away" -> turnedAway.merge(place, n, Long::sum);
            default -> {
                // reports are in
            }
        }
    }

    /**
     * Where a preorder takes its pieces from; without a product, from the only one that the showroom has for the arm.
     *
     * @param reporting by showroom: what it reports
     */
    private Shelf shelf(Map<String, List<Shelf>> reporting, StockCount preorder) {
        if (!preorder.sku().isEmpty()) {
            return new Shelf(preorder.showroom(), preorder.sku());
        }
        List<Shelf> here = reporting.getOrDefault(preorder.showroom(), List.of());
        List<Shelf> own = here.stream()
                .filter(s -> carried.getOrDefault(s, Set.of()).contains(preorder.variant()))
                .toList();
        if (own.size() == 1) {
            return own.get(0);
        }
        return here.size() == 1 ? here.get(0) : new Shelf(preorder.showroom(), "");
    }

    long reports() {
        return reports;
    }

    /** One line per showroom, product and arm that it is for or that ordered it. */
    List<StockLine> lines() {
        List<StockLine> lines = new ArrayList<>();
        for (Shelf shelf : shelves().toList()) {
            List<String> arms = arms(shelf);
            for (Variant variant : experiment.variants()) {
                if (arms.contains(variant.id())) {
                    lines.add(line(shelf, variant, arms.size() > 1));
                }
            }
        }
        return lines;
    }

    private Stream<Shelf> shelves() {
        return shelves.values().stream().flatMap(List::stream);
    }

    private List<String> arms(Shelf shelf) {
        Set<String> arms = new TreeSet<>(carried.getOrDefault(shelf, Set.of()));
        arms.addAll(ordering(shelf));
        return List.copyOf(arms);
    }

    /** The arms that ordered from the shelf. */
    private Set<String> ordering(Shelf shelf) {
        Set<String> arms = new TreeSet<>();
        preordered.getOrDefault(shelf, new TreeMap<>()).forEach((variant, byMinute) -> {
            if (!variant.isEmpty() && byMinute.values().stream().anyMatch(pieces -> pieces.signum() > 0)) {
                arms.add(variant);
            }
        });
        return arms;
    }

    private StockLine line(Shelf shelf, Variant variant, boolean shared) {
        List<Taken> burnDown = burnDown(shelf, variant.id(), shared);
        @Nullable SoldOut soldOut = soldOut(shelf);
        @Nullable Instant soldOutAt = soldOut == null ? null : Instant.ofEpochMilli(soldOut.atMillis());
        ShelfLevels reported = levels.get(shelf);
        return new StockLine(
                shelf.showroom(),
                shelf.sku().isEmpty() ? null : shelf.sku(),
                variant.id(),
                variant.allotment(),
                shared,
                burnDown.isEmpty()
                        ? BigDecimal.ZERO
                        : burnDown.get(burnDown.size() - 1).pieces(),
                burnDown,
                reported == null ? OptionalLong.empty() : OptionalLong.of(reported.last()),
                soldOutAt,
                soldOut == null ? null : hours(soldOut.atMillis()),
                soldOut != null && soldOut.isFilledAgain(),
                soldOut != null && soldOut.isForGood(),
                turnedAway(shelf, variant.id()),
                reason(shelf, soldOut));
    }

    private List<Taken> burnDown(Shelf shelf, String variant, boolean shared) {
        TreeMap<Long, BigInteger> byMinute = new TreeMap<>();
        Map<String, TreeMap<Long, BigInteger>> ordered = preordered.getOrDefault(shelf, new TreeMap<>());
        for (String arm : shared ? List.of(variant) : List.of(variant, "")) {
            ordered.getOrDefault(arm, new TreeMap<>())
                    .forEach((minute, pieces) -> byMinute.merge(minute, pieces, BigInteger::add));
        }
        List<Taken> taken = new ArrayList<>();
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<Long, BigInteger> minute : byMinute.entrySet()) {
            sum = sum.add(minute.getValue());
            taken.add(new Taken(hours(minute.getKey() + MINUTE_MILLIS), pieces(sum)));
        }
        return taken;
    }

    /** Tens are whole numbers, too: 3E+1 would be written as 30.0. */
    static BigDecimal pieces(BigInteger scaled) {
        BigDecimal pieces = new BigDecimal(scaled, Decimal6.DECIMAL_PLACES).stripTrailingZeros();
        return pieces.setScale(Math.max(0, pieces.scale()));
    }

    private double hours(long millis) {
        return (millis - experiment.start().toEpochMilli()) / 3_600_000.0;
    }

    /**
     * That a shelf had nothing left.
     *
     * @param empty the times without a piece, the last of which may go on
     * @param isFilledAgain whether there were some after the first of these
     */
    private record SoldOut(List<ShelfLevels.Empty> empty, boolean isFilledAgain) {
        long atMillis() {
            return empty.get(0).fromMillis();
        }

        boolean isForGood() {
            return empty.get(empty.size() - 1).goesOn();
        }
    }

    private @Nullable SoldOut soldOut(Shelf shelf) {
        return soldOut.computeIfAbsent(shelf, s -> Optional.ofNullable(readSoldOut(s)))
                .orElse(null);
    }

    private @Nullable SoldOut readSoldOut(Shelf shelf) {
        List<ShelfLevels.Empty> empty = empty(shelf);
        List<ShelfLevels.Empty> filled =
                empty.stream().filter(time -> !time.goesOn()).toList();
        if (emptyShare(shelf, filled) > MOST_EMPTY) {
            return new SoldOut(empty, true);
        }
        List<ShelfLevels.Empty> last = empty.subList(filled.size(), empty.size());
        return last.isEmpty() ? null : new SoldOut(last, false);
    }

    /** After the drop's end a shelf is empty too late for anybody, unless what was ordered before is all that it had. */
    private List<ShelfLevels.Empty> empty(Shelf shelf) {
        ShelfLevels reported = reported(shelf);
        List<ShelfLevels.Empty> empty = reported.emptied(firstOrderedMillis(shelf), dropEndMillis);
        boolean isKnown = empty.stream().anyMatch(ShelfLevels.Empty::goesOn)
                || reported.lastBefore(dropEndMillis).stream().anyMatch(last -> isSomeLeft(shelf, last));
        if (!isKnown) {
            reported.emptyAfter(dropEndMillis).ifPresent(empty::add);
        }
        return empty;
    }

    /** The minute of the first preorder; {@link Long#MAX_VALUE}: there is none. */
    private long firstOrderedMillis(Shelf shelf) {
        return preordered.getOrDefault(shelf, new TreeMap<>()).values().stream()
                .flatMap(byMinute -> byMinute.entrySet().stream())
                .filter(minute -> minute.getValue().signum() > 0)
                .mapToLong(Map.Entry::getKey)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * Whether there were more pieces than were preordered from then to the drop's end. A preorder in the report's own minute
     * may have come before it or after it: it counts, because a verdict that waits is a smaller fault than a wrong one.
     */
    private boolean isSomeLeft(Shelf shelf, ShelfLevels.Report report) {
        long fromMillis = report.atMillis() - Math.floorMod(report.atMillis(), MINUTE_MILLIS);
        BigInteger ordered = preordered.getOrDefault(shelf, new TreeMap<>()).values().stream()
                .flatMap(byMinute -> byMinute.subMap(fromMillis, dropEndMillis).values().stream())
                .reduce(BigInteger.ZERO, BigInteger::add);
        return BigDecimal.valueOf(report.pieces()).compareTo(new BigDecimal(ordered, Decimal6.DECIMAL_PLACES)) > 0;
    }

    /** Of the visits to the showroom during the drop those that found nothing; of the time where nobody's visits are known. */
    private double emptyShare(Shelf shelf, List<ShelfLevels.Empty> empty) {
        long all = 0;
        long met = 0;
        for (Variant variant : experiment.variants()) {
            NavigableMap<Long, Long> here = visits(shelf, variant.id());
            all += sum(here.headMap(dropEndMillis));
            met += duringAny(here, empty);
        }
        double millis = dropEndMillis - experiment.start().toEpochMilli();
        return all > 0
                ? (double) met / all
                : empty.stream().mapToLong(ShelfLevels.Empty::millis).sum() / millis;
    }

    private NavigableMap<Long, Long> visits(Shelf shelf, String variant) {
        return visits.getOrDefault(new Place(shelf.showroom(), variant), new TreeMap<>());
    }

    /** In the minutes of the drop that begin in one of the times; who comes later comes to collect. */
    private long duringAny(NavigableMap<Long, Long> visits, List<ShelfLevels.Empty> times) {
        return times.stream()
                .filter(time -> time.fromMillis() < dropEndMillis)
                .mapToLong(time -> sum(visits.subMap(time.fromMillis(), Math.min(time.untilMillis(), dropEndMillis))))
                .sum();
    }

    private static long sum(Map<Long, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Visits to the page that says so; where a storefront reports none, the drop's visits in the minutes without a piece. */
    private OptionalLong turnedAway(Shelf shelf, String variant) {
        if (!turnedAway.isEmpty()) {
            return OptionalLong.of(turnedAway.getOrDefault(new Place(shelf.showroom(), variant), 0L));
        }
        SoldOut soldOut = soldOut(shelf);
        if (soldOut == null && !isCounted(shelf)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(soldOut == null ? 0 : duringAny(visits(shelf, variant), soldOut.empty));
    }

    private @Nullable String reason(Shelf shelf, @Nullable SoldOut soldOut) {
        if (shelf.sku().isEmpty()) {
            return "the preorders name no product, and the showroom reports more than one or none";
        }
        if (!levels.containsKey(shelf)) {
            return "the showroom never reported its stock of the product";
        }
        if (soldOut != null) {
            return null;
        }
        if (!isCounted(shelf)) {
            return "the showroom reported its stock of the product only before its first piece came";
        }
        return reported(shelf).lastBefore(dropEndMillis).stream().anyMatch(last -> last.pieces() > 0)
                ? "the last report before the drop's end says that some are left"
                : "no report since the first preorder says that nothing is left";
    }

    /** The basis of {@code turned_away}. */
    String turnedAwayBasis() {
        return turnedAway.isEmpty()
                ? "visits of the arm's visitors in the showroom, in the minutes of the drop that begin while nothing is left"
                : "visits of the arm's visitors in the showroom to the page sold-out";
    }

    /** Shelves from which more than one arm ordered until nothing was left. */
    List<String> sharedAndGone() {
        return shelvesSharedAndGone()
                .map(shelf -> shelf.showroom() + "/" + shelf.sku())
                .toList();
    }

    private Stream<Shelf> shelvesSharedAndGone() {
        return shelves()
                .filter(shelf -> soldOut(shelf) != null)
                .filter(shelf -> ordering(shelf).size() > 1);
    }

    boolean isSharedAndGone(String showroom) {
        return showroomsSharedAndGone.contains(showroom);
    }

    /** Whether every shelf that was ordered from is known to have had something left. */
    boolean nothingRanOut() {
        return shelves().allMatch(shelf -> isCounted(shelf) && soldOut(shelf) == null);
    }

    /** What was ordered from, and no report is about pieces of it that somebody could order. */
    List<String> unreported() {
        return unreportedShelves()
                .map(shelf -> shelf.sku().isEmpty() ? shelf.showroom() : shelf.showroom() + "/" + shelf.sku())
                .toList();
    }

    /** The share of the preordered pieces that is of those. */
    double unreportedShare() {
        BigInteger all = ordered(shelves());
        if (all.signum() == 0) {
            return shelves().anyMatch(this::isAnyCounted) ? 0 : 1;
        }
        return new BigDecimal(ordered(unreportedShelves())).doubleValue() / new BigDecimal(all).doubleValue();
    }

    private Stream<Shelf> unreportedShelves() {
        return shelves().filter(shelf -> ordered(Stream.of(shelf)).signum() > 0 && !isAnyCounted(shelf));
    }

    private BigInteger ordered(Stream<Shelf> shelves) {
        return shelves.map(shelf -> preordered.getOrDefault(shelf, new TreeMap<>()))
                .flatMap(byArm -> byArm.values().stream())
                .flatMap(byMinute -> byMinute.values().stream())
                .reduce(BigInteger.ZERO, BigInteger::add)
                .max(BigInteger.ZERO);
    }

    /** Where preorders name no product: whether any of the showroom's is. */
    private boolean isAnyCounted(Shelf shelf) {
        return isCounted(shelf) || (shelf.sku().isEmpty() && isCountedIn(shelf.showroom()));
    }

    /** Whether any report of the showroom is about pieces that somebody could order. */
    boolean isCountedIn(String showroom) {
        return levels.keySet().stream().anyMatch(shelf -> shelf.showroom().equals(showroom) && isCounted(shelf));
    }

    private boolean isCounted(Shelf shelf) {
        return reported(shelf).tells(firstOrderedMillis(shelf));
    }

    /** Nothing where the showroom never did. */
    private ShelfLevels reported(Shelf shelf) {
        return levels.getOrDefault(shelf, new ShelfLevels());
    }

    /** The showroom that everything is of; empty if there are more. */
    Optional<String> onlyShowroom() {
        Set<String> showrooms = new TreeSet<>(shelves.keySet());
        visits.keySet().forEach(place -> showrooms.add(place.showroom()));
        return showrooms.size() == 1 ? Optional.of(showrooms.iterator().next()) : Optional.empty();
    }

    /** Until when the only shelf of a showroom had some at first; empty if that, or which, is not known. */
    Optional<InStock> inStock(String showroom) {
        List<Shelf> here = shelves.getOrDefault(showroom, List.of());
        @Nullable SoldOut soldOut = here.size() == 1 ? soldOut(here.get(0)) : null;
        return Optional.ofNullable(soldOut)
                .filter(out -> out.atMillis() < dropEndMillis)
                .map(out -> new InStock(hours(out.atMillis()), out.isFilledAgain));
    }

    /**
     * The time that a showroom had something.
     *
     * @param hours since the start
     * @param isNotAll whether it had something later, too
     */
    record InStock(double hours, boolean isNotAll) {}
}
