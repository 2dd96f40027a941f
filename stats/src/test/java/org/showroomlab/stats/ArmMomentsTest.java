package org.showroomlab.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Variable.D;
import static org.showroomlab.stats.Variable.X;
import static org.showroomlab.stats.Variable.Y;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ArmMomentsTest {

    @Test
    void mergesAsChan() {
        JsonNode expected = Oracles.method("st.merge").get("expected").get("merged");
        ArmMoments merged = ArmMoments.ofValues(3, 5, 9).merge(ArmMoments.ofValues(4, 4, 10, 2));
        assertThat(merged.n()).isEqualTo(expected.get(0).asLong());
        assertThat(merged.mean(Y)).isCloseTo(expected.get(1).asDouble(), within(1e-9));
        assertThat(merged.centredMoment(Y, Y)).isCloseTo(expected.get(2).asDouble(), within(1e-9));
    }

    @Test
    void mergeOfASplitIsTheWhole() {
        double[] values = {0.7, -1.6, 3.4, 3.7, 0, 2, 8.25};
        ArmMoments whole = ArmMoments.ofValues(values);
        for (int cut = 0; cut <= values.length; cut++) {
            ArmMoments left = ArmMoments.ofValues(java.util.Arrays.copyOfRange(values, 0, cut));
            ArmMoments right = ArmMoments.ofValues(java.util.Arrays.copyOfRange(values, cut, values.length));
            ArmMoments merged = left.merge(right);
            assertThat(merged.n()).isEqualTo(whole.n());
            assertThat(merged.mean(Y)).isCloseTo(whole.mean(Y), within(1e-14));
            assertThat(merged.variance(Y)).isCloseTo(whole.variance(Y), within(1e-13));
        }
    }

    @Test
    void keepsItsDigitsFarFromZero() {
        var o = Oracles.method("st.nasty");
        ArmMoments arm = ArmMoments.ofValues(Oracles.doubles(o.get("inputs").get("x")));
        assertThat(arm.variance(Y)).isEqualTo(o.get("expected").get("var").asDouble());
    }

    /**
     * A unit's total that changes from x to x' is S += x' − x, Q += x'² − x², Sxy += c(x' − x): the sums end where those of the
     * final totals are, whatever the order, and a unit that was refunded to 0 stays a unit.
     */
    @Test
    void changedTotalsAreDeltasOfTheSums() {
        var o = Oracles.method("st.retract");
        java.util.Map<String, Long> totals = new java.util.TreeMap<>();
        java.util.Set<String> seen = new java.util.HashSet<>();
        java.util.Map<String, Integer> count = new java.util.HashMap<>();
        long sum = 0;
        long squares = 0;
        long cross = 0;
        for (var event : o.get("inputs").get("events")) {
            String name = event.get(0).asText();
            boolean copy = name.startsWith("dup:");
            String unit = copy ? name.substring(4, name.indexOf('#')) : name;
            String id = copy ? name.substring(4) : unit + "#" + count.merge(unit, 1, Integer::sum);
            if (!seen.add(id)) {
                continue;
            }
            long before = totals.getOrDefault(unit, 0L);
            long after = before + event.get(1).asLong();
            totals.put(unit, after);
            sum += after - before;
            squares += after * after - before * before;
            cross += o.get("inputs").get("covariate").get(unit).asLong() * (after - before);
        }
        var expected = o.get("expected");
        assertThat(totals).hasSize(expected.get("n").asInt());
        assertThat(sum).isEqualTo(expected.get("S").asLong());
        assertThat(squares).isEqualTo(expected.get("Q").asLong());
        assertThat(cross).isEqualTo(expected.get("Sxy").asLong());
        ArmMoments byDeltas = ArmMoments.ofExact(
                ExactSums.ofMean(totals.size(), BigInteger.valueOf(sum), BigInteger.valueOf(squares), 0));
        assertThat(byDeltas)
                .isEqualTo(ArmMoments.ofValues(
                        totals.values().stream().mapToDouble(Long::doubleValue).toArray()));
    }

    /** Two values at 2^63 − 1 and one at 2^63 − 4: variance 3 whatever their size. */
    @Test
    void isExactNearTheEndOfTheLongRange() {
        BigInteger big = BigInteger.valueOf(Long.MAX_VALUE);
        BigInteger less = big.subtract(BigInteger.valueOf(3));
        BigInteger sum = big.add(big).add(less);
        BigInteger squares = big.multiply(big).shiftLeft(1).add(less.multiply(less));
        ArmMoments arm = ArmMoments.ofExact(ExactSums.ofMean(3, sum, squares, 0));
        assertThat(arm.variance(Y)).isEqualTo(3);
    }

    @Test
    void readsFixedPointAtItsScale() {
        ArmMoments cents =
                ArmMoments.ofExact(ExactSums.ofMean(3, BigInteger.valueOf(600), BigInteger.valueOf(140_000), 2));
        ArmMoments units = ArmMoments.ofValues(1, 2, 3);
        assertThat(cents).isEqualTo(units);
    }

    @Test
    void aMissingVariableIsTheConstantOne() {
        ArmMoments arm =
                ArmMoments.ofExact(ExactSums.ofMean(3, BigInteger.valueOf(600), BigInteger.valueOf(140_000), 2));
        assertThat(arm.mean(D)).isEqualTo(1);
        assertThat(arm.mean(X)).isEqualTo(1);
        assertThat(arm.covariance(Y, D)).isZero();
        assertThat(arm.covariance(Y, X)).isZero();
    }

    @Test
    void ratioSumsGiveTheCovarianceOfNumeratorAndDenominator() {
        // y = 1.5, 2.5, 4.0 and d = 1, 2, 2
        ArmMoments arm = ArmMoments.ofExact(ExactSums.ofRatio(
                3,
                BigInteger.valueOf(80),
                BigInteger.valueOf(2450),
                BigInteger.valueOf(5),
                BigInteger.valueOf(9),
                BigInteger.valueOf(145),
                1,
                0));
        assertThat(arm.mean(Y)).isCloseTo(8.0 / 3, within(1e-15));
        assertThat(arm.centredMoment(Y, D)).isCloseTo(14.5 - 8.0 * 5 / 3, within(1e-14));
    }

    @Test
    void contradictorySumsAreRefused() {
        assertThatThrownBy(() -> ArmMoments.ofSums(10, 100, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArmMoments.ofSums(10, Double.NaN, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyArmIsTheNeutralElement() {
        ArmMoments some = ArmMoments.ofValues(1, 2);
        ArmMoments none = ArmMoments.ofValues();
        assertThat(none.merge(some)).isEqualTo(some);
        assertThat(some.merge(none)).isEqualTo(some);
        assertThatThrownBy(() -> none.variance(Y)).isInstanceOf(IllegalStateException.class);
    }
}
