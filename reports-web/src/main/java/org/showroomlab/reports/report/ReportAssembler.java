package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.Analysis;
import org.showroomlab.ingest.experiment.Experiment.Monitoring;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreReader;
import org.showroomlab.reports.store.StoredExperiment;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;
import org.showroomlab.stats.health.SequentialSampleRatio;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.NoRecommendation;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.ShortWashout;

/** Makes reports from what is stored, and of live rows from whether their time has come, and from nothing else. */
public final class ReportAssembler {
    /** How far a showroom's clock may be ahead: as far as the streaming job allows by default. */
    private static final Duration CLOCK_AHEAD = Duration.ofDays(1);

    private ReportAssembler() {}

    /** What a report is made for. */
    enum Detail {
        /** Each metric as of each day, and tests over all assignments, which are most of the work. */
        EVERYTHING,
        /** What a summary shows and a verdict rests on. */
        VERDICT
    }

    /**
     * The report of one experiment.
     *
     * @throws UnknownExperiment when there is none with that id
     */
    public static Report assemble(Store store, String experimentId) {
        Set<String> before = store.restating();
        return store.read(reader -> assemble(reader, experimentId, either(before, store.restating())));
    }

    /** The reports of all experiments, of one moment, by id, as far as a summary shows them. */
    public static List<Report> assembleAll(Store store) {
        Set<String> before = store.restating();
        return store.read(reader -> {
            Set<String> restating = either(before, store.restating());
            return reader.experiments().stream()
                    .map(stored -> assemble(reader, stored, Detail.VERDICT, restating))
                    .toList();
        });
    }

    /** What is between two states at some time from the first of them to the other. */
    private static Set<String> either(Set<String> before, Set<String> after) {
        Set<String> either = new HashSet<>(before);
        either.addAll(after);
        return either;
    }

    private static Report assemble(StoreReader reader, String experimentId, Set<String> restating) {
        StoredExperiment stored = reader.experiment(experimentId)
                .orElseThrow(() -> new UnknownExperiment(experimentId, reader.experimentIds()));
        return assemble(reader, stored, Detail.EVERYTHING, restating);
    }

    private static Report assemble(StoreReader reader, StoredExperiment stored, Detail detail, Set<String> restating) {
        Experiment experiment = stored.experiment();
        List<AccountingRow> sources = reader.accounting(stored.feed());
        ExperimentSums sums = ExperimentSums.of(reader, experiment.id());
        // Those of a job that left it out say nothing of it.
        List<ShowroomProgress> showrooms = stored.countedUntil() == null ? reader.showrooms(stored.feed()) : List.of();
        Instant asOf = asOf(reader, newestEvent(sources), showrooms, stored);
        Status status = asOf != null && !asOf.isBefore(experiment.observeUntil()) ? Status.ENDED : Status.RUNNING;
        OptionalInt matured = Information.maturedCohorts(experiment, sums, asOf, status);
        LocalDate lastDay = lastDay(experiment, asOf);
        List<MetricReport> metrics = PValueFamilies.adjust(
                experiment,
                experiment.metrics().stream()
                        .map(metric -> new MetricAssembler(experiment, metric, sums, lastDay).assemble(detail, matured))
                        .toList());
        List<Report.VariantUnits> variants = variants(experiment, sums);
        boolean isWatched = status == Status.RUNNING && asOf != null && isWatched(reader, experiment, asOf);
        Health health = health(experiment, sums, variants, isWatched);
        Information information = asOf == null ? null : Information.of(experiment, sums, asOf, status, matured);
        SequentialLooks looks = looks(reader, experiment, asOf, status, information);
        Computable<SpecialReading> special = experiment.analysis() == Analysis.COMPARISON
                ? null
                : analysis(reader, experiment, sums, metrics, asOf, matured, detail);
        SpecialReading reading = special == null ? null : special.value().orElse(null);
        Evidence evidence = new Evidence(
                experiment,
                stored.countedUntil(),
                restating.contains(experiment.id()),
                status,
                asOf,
                Accounting.of(sources),
                health,
                variants,
                metrics,
                asOf == null ? null : SyncedShowrooms.provisional(experiment, asOf, showrooms),
                information,
                looks,
                Stream.of(
                                special == null ? Stream.<Finding>empty() : findings(experiment, sums, special),
                                SwitchbackMethod.findings(experiment, sums),
                                asOf == null
                                        ? Stream.<Finding>empty()
                                        : LateUnits.findings(reader, experiment, sums, asOf))
                        .flatMap(found -> found)
                        .toList());
        return new Report(
                experiment,
                asOf,
                status,
                VerdictAssembler.verdict(evidence),
                evidence.accounting(),
                sources,
                health,
                variants,
                metrics,
                information,
                looks,
                looks == null
                        ? List.of()
                        : reader.lookEffects(
                                experiment.id(),
                                looks.looks().stream()
                                        .map(SequentialLooks.Look::asOf)
                                        .toList()),
                showrooms,
                SyncedShowrooms.behind(experiment, asOf, showrooms),
                reader.decision(experiment.id()).orElse(null),
                notes(experiment, status, looks, sums, reading),
                special);
    }

    /** Metrics alone must not ship what its own analysis is to judge and cannot. */
    private static Stream<Finding> findings(
            Experiment experiment, ExperimentSums sums, Computable<SpecialReading> special) {
        if (special.value().isPresent()) {
            Stream<Finding> found = special.orElseThrow().findings().stream();
            return experiment.analysis() == Analysis.TTL_SPEED && MetricMethod.isSwitchback(experiment, sums)
                    ? Stream.concat(Stream.of(washout(experiment)), found)
                    : found;
        }
        return special.code().filter("not_enough_data"::equals).isPresent()
                ? Stream.empty()
                : special.reason().<Finding>map(NoRecommendation::new).stream();
    }

    private static Finding washout(Experiment experiment) {
        return new ShortWashout(
                Duration.ofMinutes(experiment.washoutMinutes()).toSeconds(),
                experiment.variants().stream()
                        .mapToLong(v -> v.ttlSeconds().orElse(0))
                        .max()
                        .orElse(0));
    }

    private static @Nullable SequentialLooks looks(
            StoreReader reader,
            Experiment experiment,
            @Nullable Instant asOf,
            Status status,
            @Nullable Information information) {
        return experiment.monitoring() != Monitoring.GROUP_SEQUENTIAL || asOf == null || information == null
                ? null
                : SequentialLooks.of(experiment, asOf, status, information, reader.looks(experiment.id()));
    }

    /**
     * The newest event whose time has come, because a live stream says nothing of the time after it. A run knows more:
     * as of a time at or after the end of the outcomes there are no more; and files that were counted after it have all
     * of its day if they have anything of it, unless a day is much of the experiment. Nothing ends after the time at
     * which it was counted.
     */
    private static @Nullable Instant asOf(
            StoreReader reader, @Nullable Instant newest, List<ShowroomProgress> showrooms, StoredExperiment stored) {
        Instant until = stored.experiment().observeUntil();
        RunTime run = stored.run();
        if (stored.countedUntil() != null) {
            return stored.countedUntil();
        }
        if (newest == null) {
            return null;
        }
        if (run == null) {
            return asOfNow(reader, newest, showrooms, stored.experiment(), Instant.now());
        }
        Instant newestEvent =
                newestOfRightClocks(newest, showrooms, run.countedAt().plus(CLOCK_AHEAD));
        Instant runAsOf = run.asOf();
        if (runAsOf != null) {
            boolean isMadeUp = newestEvent.isAfter(run.countedAt().plus(CLOCK_AHEAD));
            boolean hasCome = isMadeUp || !runAsOf.isAfter(run.countedAt());
            // Of a time that has not come, the end is as much as counting again would find.
            Instant known = hasCome ? runAsOf : run.countedAt().isBefore(until) ? newestEvent : until;
            return known.isBefore(until) || known.isBefore(newestEvent) ? newestEvent : known;
        }
        ZoneId zone = stored.experiment().timeZone();
        LocalDate lastDay = LocalDate.ofInstant(until.minusMillis(1), zone);
        boolean reachesTheEnd = !LocalDate.ofInstant(newestEvent, zone).isBefore(lastDay)
                && !run.countedAt().isBefore(until)
                && !LookSchedule.isDrop(stored.experiment());
        return reachesTheEnd && newestEvent.isBefore(until) ? until : newestEvent;
    }

    /**
     * In a stream a showroom whose clock is ahead says nothing of the time, and the others may have said nothing for
     * long: then it is at least what a look has seen. Where most clocks are ahead, it is now.
     */
    private static Instant asOfNow(
            StoreReader reader, Instant newest, List<ShowroomProgress> showrooms, Experiment experiment, Instant now) {
        if (!newest.isAfter(now)) {
            return newest;
        }
        Instant right = newestOfRightClocks(newest, showrooms, now);
        if (right.isAfter(now)) {
            return right.isAfter(now.plus(CLOCK_AHEAD)) ? right : now;
        }
        Instant seen = reader.newestLook(experiment.id(), now).orElse(right);
        return seen.isAfter(right) ? seen : right;
    }

    /**
     * The newest event without those of a few showrooms whose clocks were ahead of that time. If most are, the events are
     * of a future that somebody has made up, and that is what is to be reported.
     */
    private static Instant newestOfRightClocks(Instant newest, List<ShowroomProgress> showrooms, Instant time) {
        long latest = time.toEpochMilli();
        if (newest.toEpochMilli() <= latest) {
            return newest;
        }
        LongSummaryStatistics right = showrooms.stream()
                .mapToLong(ShowroomProgress::newestMillis)
                .filter(millis -> millis <= latest)
                .summaryStatistics();
        return right.getCount() > 0 && 2 * right.getCount() >= showrooms.size()
                ? Instant.ofEpochMilli(right.getMax())
                : newest;
    }

    /** The local day of that time, or of the last outcome if that was before; the first one while there is no event. */
    private static LocalDate lastDay(Experiment experiment, @Nullable Instant asOf) {
        Instant lastOutcome = experiment.observeUntil().minusMillis(1);
        Instant last = asOf == null ? experiment.start() : asOf.isBefore(lastOutcome) ? asOf : lastOutcome;
        return LocalDate.ofInstant(last, experiment.timeZone());
    }

    private static @Nullable Instant newestEvent(List<AccountingRow> sources) {
        long newest =
                sources.stream().mapToLong(AccountingRow::newestMillis).max().orElse(Long.MIN_VALUE);
        return newest == Long.MIN_VALUE ? null : Instant.ofEpochMilli(newest);
    }

    private static List<Report.VariantUnits> variants(Experiment experiment, ExperimentSums sums) {
        return experiment.variants().stream()
                .map(v -> new Report.VariantUnits(
                        v.id(),
                        v.control(),
                        v.weight(),
                        sums.total(UnitStatistic.UNITS, v.id()).n()))
                .toList();
    }

    private static Health health(
            Experiment experiment, ExperimentSums sums, List<Report.VariantUnits> variants, boolean isWatched) {
        long units = variants.stream().mapToLong(Report.VariantUnits::units).sum();
        Map<String, Long> sizes = sizes(experiment, sums, variants);
        double[] weights =
                experiment.variants().stream().mapToDouble(Variant::weight).toArray();
        Computable<SampleRatioMismatch> srm = SampleRatioMismatch.test(
                sizes.values().stream().mapToLong(Long::longValue).toArray(), weights);
        return new Health(
                srm,
                isWatched && !countsClusters(experiment, sums)
                        ? dailySampleRatio(experiment, sums, weights, srm)
                        : OptionalDouble.empty(),
                sizes,
                sums.total(UnitStatistic.MIXED, "").n(),
                units);
    }

    /** Whether somebody has looked on an earlier day: who looks once needs no test for a look every day. */
    private static boolean isWatched(StoreReader reader, Experiment experiment, Instant asOf) {
        ZoneId zone = experiment.timeZone();
        Instant today = LocalDate.ofInstant(asOf, zone).atStartOfDay(zone).toInstant();
        return reader.hasLookBefore(experiment.id(), today);
    }

    /**
     * The sequential test finds small differences among many units, and χ² corrected for a look on each planned day finds
     * large ones among few; the factor of two is for asking both.
     */
    private static OptionalDouble dailySampleRatio(
            Experiment experiment, ExperimentSums sums, double[] weights, Computable<SampleRatioMismatch> atOneLook) {
        List<ExperimentSums.Clock> clocks = experiment.variants().stream()
                .map(v -> sums.clock(UnitStatistic.UNITS, v.id()))
                .toList();
        List<long[]> totals = sums.days().stream()
                .map(day -> clocks.stream()
                        .mapToLong(clock -> Math.max(0, clock.asOf(day).n()))
                        .toArray())
                .toList();
        double days = Math.max(
                1, Duration.between(experiment.start(), experiment.end()).toHours() / 24.0);
        Computable<Double> sequential = SequentialSampleRatio.pValueOfTotals(totals, weights);
        return Stream.of(sequential, atOneLook.map(test -> days * test.pValue()))
                .flatMap(p -> p.value().stream())
                .mapToDouble(p -> Math.min(1, 2 * p))
                .min();
    }

    private static boolean countsClusters(Experiment experiment, ExperimentSums sums) {
        return experiment.unit() != UnitKind.VISITOR
                && experiment.periodMinutes().isPresent()
                && !MetricMethod.isSwitchback(experiment, sums);
    }

    /** Clusters that keep their variant are counted once, however many periods they have. */
    private static Map<String, Long> sizes(
            Experiment experiment, ExperimentSums sums, List<Report.VariantUnits> variants) {
        boolean countsClusters = countsClusters(experiment, sums);
        Map<String, Long> sizes = new LinkedHashMap<>();
        variants.forEach(v -> sizes.put(v.id(), countsClusters ? sums.clusters(v.id()) : Math.max(0, v.units())));
        return sizes;
    }

    private static List<Reason> notes(
            Experiment experiment,
            Status status,
            @Nullable SequentialLooks looks,
            ExperimentSums sums,
            @Nullable SpecialReading reading) {
        List<Reason> notes = new ArrayList<>(MonitoringNotes.of(experiment, status, looks));
        if (reading != null) {
            notes.addAll(reading.notes());
        }
        List<String> uncounted = experiment.metricsWithoutUnit();
        if (!uncounted.isEmpty()) {
            notes.add(new Reason(
                    "no_event_of_unit",
                    "Nothing is ever counted for " + String.join(", ", uncounted)
                            + ": a cache is the unit, and only events of type cache_timing name one."));
        }
        long late = sums.total(UnitStatistic.LATE, "").n();
        if (late > 0) {
            notes.add(new Reason(
                    "late_events",
                    String.format(
                            Locale.ROOT,
                            "%,d event%s of its time came when its numbers were final already: other experiments have"
                                    + " them, this one does not.",
                            late,
                            late == 1 ? "" : "s")));
        }
        return notes;
    }

    private static Computable<SpecialReading> analysis(
            StoreReader reader,
            Experiment experiment,
            ExperimentSums sums,
            List<MetricReport> metrics,
            @Nullable Instant asOf,
            OptionalInt matured,
            Detail detail) {
        if (experiment.analysis() == Analysis.TTL_SPEED) {
            return new TtlSpeedAssembler(experiment, sums, detail).assemble();
        }
        if (experiment.analysis() == Analysis.PRICE_ELASTICITY) {
            List<LifeTableCount> lives = reader.lifeIncrements(experiment.id());
            return new PriceElasticityAssembler(experiment, sums, lives, asOf, matured).assemble();
        }
        if (experiment.analysis() == Analysis.PREORDER_WALK_IN && experiment.unit() == UnitKind.VISITOR) {
            return PreorderWalkInAssembler.read(
                    experiment,
                    reader.lifeIncrements(experiment.id()),
                    reader.stockIncrements(experiment.id()),
                    sums,
                    metrics,
                    asOf);
        }
        return Computable.notComputable(
                "wrong_unit",
                "A preorder and its pick-up belong to a visitor; this experiment assigns its variants to a "
                        + experiment.unit().name().toLowerCase(Locale.ROOT) + ".");
    }
}
