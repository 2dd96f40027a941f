package org.showroomlab.bench;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.ExactSums;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.clusters.WildClusterBootstrap;

/** The budgets of the library: a whole report's comparisons, and the two enumerations over 12 clusters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StatsBenchmark {

    private static final int METRICS = 100;
    private static final int ARMS = 3;
    private static final int SLICES = 10;

    private final List<ExactSums> controls = new ArrayList<>();
    private final List<ExactSums> treatments = new ArrayList<>();
    private final List<Cluster> clusters = new ArrayList<>();

    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < METRICS * SLICES; i++) {
            controls.add(sums(random));
        }
        for (int i = 0; i < METRICS * SLICES * ARMS; i++) {
            treatments.add(sums(random));
        }
        for (int g = 0; g < 12; g++) {
            clusters.add(new Cluster(500 + random.nextInt(2500), 1000 + random.nextInt(500), g % 2 == 0));
        }
    }

    private static ExactSums sums(SplittableRandom random) {
        long n = 1000 + random.nextInt(5000);
        long mean = 400 + random.nextInt(200);
        long variance = 100_000 + random.nextInt(100_000);
        long sum = n * mean;
        long squares = n * (mean * mean + variance);
        return ExactSums.ofMean(n, BigInteger.valueOf(sum), BigInteger.valueOf(squares), 2);
    }

    /** 100 metrics × 3 treatments × 10 slices: moments from exact sums, Welch, relative lift. Budget: 15 ms. */
    @Benchmark
    public void comparisons3000(Blackhole result) {
        WelchTest welch = WelchTest.withDefaults();
        RelativeLift lift = RelativeLift.withDefaults();
        for (int i = 0; i < treatments.size(); i++) {
            ArmEstimate control = arm(welch, controls.get(i / ARMS));
            ArmEstimate treatment = arm(welch, treatments.get(i));
            Effect difference = welch.difference(control, treatment).orElseThrow();
            result.consume(difference);
            result.consume(lift.lift(control, treatment, difference));
        }
    }

    private static ArmEstimate arm(WelchTest welch, ExactSums sums) {
        return welch.arm(ArmMoments.ofExact(sums)).orElseThrow();
    }

    /** All 924 assignments of 12 clusters. Budget: 5 ms. */
    @Benchmark
    public RandomizationResult randomisation12() {
        return RandomizationTest.withDefaults().test(clusters).orElseThrow();
    }

    /** All 2^12 sign vectors. Budget: 5 ms. */
    @Benchmark
    public RandomizationResult wildBootstrap12() {
        return WildClusterBootstrap.withDefaults().test(clusters).orElseThrow();
    }
}
