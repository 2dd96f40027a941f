package org.showroomlab.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.stats.arms.LinAdjustment;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.arms.RatioTest;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.clusters.ClusterMeansTest;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.ClusterTrend;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.clusters.SwitchbackTest;
import org.showroomlab.stats.clusters.WildClusterBootstrap;
import org.showroomlab.stats.monitoring.AsymptoticSequence;
import org.showroomlab.stats.monitoring.BettingSequence;
import org.showroomlab.stats.monitoring.DoubleStitchingBound;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.price.TwoPriceElasticity;
import org.showroomlab.stats.quantile.WoodruffQuantile;
import org.showroomlab.stats.survival.HazardRatio;

/** Every option is a wither: a new value of the same type that differs in what was asked for and in nothing else. */
class OptionsTest {

    static Stream<Record> methods() {
        return Stream.of(
                WelchTest.withDefaults(),
                RatioTest.withDefaults(),
                ProportionTest.withDefaults(),
                RelativeLift.withDefaults(),
                LinAdjustment.withDefaults(),
                ClusterMeansTest.withDefaults(),
                ClusterRobustTest.withDefaults(),
                ClusterTrend.withDefaults(),
                RandomizationTest.withDefaults(),
                SwitchbackTest.withDefaults(),
                WildClusterBootstrap.withDefaults(),
                WoodruffQuantile.of(0.5),
                AsymptoticSequence.tunedTo(1000),
                BettingSequence.withDefaults(),
                DoubleStitchingBound.tunedTo(100),
                GroupSequential.withDefaults(),
                TwoPriceElasticity.withDefaults(),
                HazardRatio.withDefaults());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aWitherChangesOneThing(Record method) throws ReflectiveOperationException {
        Map<String, Object> before = values(method);
        for (Method wither : withers(method)) {
            for (Object argument : arguments(wither)) {
                Object changed = argument == NONE ? wither.invoke(method) : wither.invoke(method, argument);
                assertThat(changed).as(wither.toString()).isInstanceOf(method.getClass());
                Map<String, Object> after = values((Record) changed);
                List<String> different = before.keySet().stream()
                        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                        .toList();
                assertThat(different).as("%s of %s", wither, argument).hasSizeLessThanOrEqualTo(1);
                assertThat(argument == NONE || after.containsValue(argument))
                        .as("%s of %s: %s", wither, argument, after)
                        .isTrue();
            }
        }
        assertThat(values(method)).isEqualTo(before);
    }

    private static final Object NONE = new Object();

    private static List<Method> withers(Record method) {
        return Arrays.stream(method.getClass().getDeclaredMethods())
                .filter(m -> m.getName().startsWith("with") && m.getReturnType() == method.getClass())
                .filter(m -> m.getParameterCount() < 2 && !Modifier.isStatic(m.getModifiers()))
                .toList();
    }

    private static List<Object> arguments(Method wither) {
        if (wither.getParameterCount() == 0) {
            return List.of(NONE);
        }
        Class<?> type = wither.getParameterTypes()[0];
        if (type.isEnum()) {
            return Arrays.asList(type.getEnumConstants());
        }
        return type == long.class ? List.of(77L) : List.of(0.0125);
    }

    /** The components of a record, with the level and the direction apart. */
    private static Map<String, Object> values(Record method) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        List<Record> open = new ArrayList<>(List.of(method));
        while (!open.isEmpty()) {
            Record next = open.remove(0);
            for (RecordComponent component : next.getClass().getRecordComponents()) {
                Object value = component.getAccessor().invoke(next);
                if (value instanceof Significance significance) {
                    open.add(significance);
                } else {
                    values.put(component.getName(), value);
                }
            }
        }
        return values;
    }
}
