package org.showroomlab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.arms.ProportionTest.CiMethod;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.monitoring.AsymptoticSequence;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.DecisionRule;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.MetricEvidence;
import org.showroomlab.stats.verdict.Verdict;
import org.showroomlab.stats.verdict.VerdictInput;

/** The guide's blocks: they run here, and the guide holds exactly this code. */
class GuideTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BODY = Pattern.compile("void theGuide\\(\\) \\{(.*?)\n    \\}", Pattern.DOTALL);

    @Test
    void theGuide() {
        ArmMoments control = ArmMoments.ofExact(
                ExactSums.ofMean(3407, BigInteger.valueOf(139_687), BigInteger.valueOf(523_779_767), 2));
        ArmMoments treatment = ArmMoments.ofExact(
                ExactSums.ofMean(3461, BigInteger.valueOf(242_270), BigInteger.valueOf(1_346_982_900), 2));
        Effect difference =
                WelchTest.withDefaults().difference(control, treatment).orElseThrow();
        assertThat(difference.estimate()).isCloseTo(0.29, within(0.001));
        assertThat(difference.pValue()).isCloseTo(0.0202, within(0.0001));
        RelativeEffect lift =
                RelativeLift.withDefaults().lift(control, treatment).orElseThrow();
        assertThat(lift.effect().estimate()).isCloseTo(0.707, within(0.001));
        assertThat(lift.effect().pValue()).isEqualTo(difference.pValue());
        ArmMoments monday = ArmMoments.ofValues(1, 4, 0);
        ArmMoments tuesday = ArmMoments.ofValues(2, 9);
        assertThat(monday.merge(tuesday).n()).isEqualTo(5);
        assertThat(monday.merge(tuesday).mean(Variable.Y)).isCloseTo(3.2, within(1e-12));
        Computable<Effect> none = WelchTest.withDefaults().difference(ArmMoments.ofValues(1), treatment);
        assertThat(none.value()).isEmpty();
        assertThat(none.code()).contains("not_enough_data");
        assertThat(none.reason()).contains("An arm has 1 units; at least 2 are needed for a standard error.");
        Effect conversion = ProportionTest.withDefaults()
                .difference(new Proportion(1000, 100), new Proportion(1000, 130))
                .orElseThrow();
        assertThat(conversion.pValue()).isCloseTo(0.0355, within(0.0001));
        ProportionTest strict = ProportionTest.withDefaults()
                .withAlpha(0.01)
                .with(Alternative.GREATER)
                .with(CiMethod.WALD);
        assertThat(strict.difference(new Proportion(1000, 100), new Proportion(1000, 130))
                        .orElseThrow()
                        .ci()
                        .high())
                .isInfinite();
        List<Cluster> caches = List.of(
                new Cluster(500, 62, true),
                new Cluster(400, 43, false),
                new Cluster(600, 63, true),
                new Cluster(500, 56, false),
                new Cluster(500, 56, false),
                new Cluster(300, 34, true),
                new Cluster(700, 79, true),
                new Cluster(500, 60, false),
                new Cluster(400, 42, true),
                new Cluster(600, 66, false),
                new Cluster(500, 65, false),
                new Cluster(500, 51, true));
        Effect clustered = ClusterRobustTest.withDefaults().difference(caches).orElseThrow();
        assertThat(clustered.df().orElseThrow()).isCloseTo(9.55, within(0.01));
        RandomizationResult exact =
                RandomizationTest.withDefaults().test(caches).orElseThrow();
        assertThat(exact.of()).isEqualTo(924);
        assertThat(RandomizationTest.withDefaults().test(caches.subList(0, 6)).code())
                .contains("too_few_clusters");
        GroupSequential.Boundaries looks = GroupSequential.withDefaults().boundaries(0.25, 0.5, 0.75, 1);
        assertThat(looks.z().get(0)).isCloseTo(4.33, within(0.01));
        Effect anytime = AsymptoticSequence.tunedTo(5000)
                .difference(new ArmEstimate(3407, 0.41, 0.066), new ArmEstimate(3461, 0.70, 0.106))
                .orElseThrow();
        assertThat(anytime.ci().low()).isLessThan(0);
        Verdict verdict = DecisionRule.decide(VerdictInput.ended(
                        List.of(MetricEvidence.success("revenue", "b", Goal.INCREASE, Computable.of(difference))))
                .with(new Finding.SampleRatio(0.0002, "a 3407, b 3861")));
        assertThat(verdict.decision()).isEqualTo(Decision.BLOCKED);
        assertThat(verdict.reasons().get(0).code()).isEqualTo("srm");
    }

    @Test
    void theGuideHoldsThisCode() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/showroomlab/stats/GuideTest.java"));
        String ran = BODY.matcher(source).results().map(m -> m.group(1)).collect(Collectors.joining());
        String shown = BLOCK.matcher(Files.readString(Path.of("GUIDE.md")))
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.joining());
        assertThat(shown.replaceAll("\\s+", "")).isEqualTo(ran.replaceAll("\\s+", ""));
    }
}
