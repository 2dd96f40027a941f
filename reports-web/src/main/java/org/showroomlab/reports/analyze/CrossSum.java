package org.showroomlab.reports.analyze;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The sum of products of two variables of one arm, beside the sums that limit it: |n·Σab − Σa·Σb| ≤ √((n·Σa² − (Σa)²)(n·Σb²
 * − (Σb)²)), Cauchy and Schwarz, in exact arithmetic.
 *
 * @param n units
 * @param a Σa
 * @param aa Σa²
 * @param b Σb
 * @param bb Σb²
 * @param ab Σab
 */
record CrossSum(long n, BigDecimal a, BigDecimal aa, BigDecimal b, BigDecimal bb, BigDecimal ab) {

    /** What sums that were rounded before they came here may be wrong by, as a share of n·Σa². */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-9");

    /**
     * Refuses a sum of products that no units can have.
     *
     * @param name the field it came from
     */
    void check(Fields arm, String name) {
        if (n == 0 && ab.signum() != 0) {
            throw new InvalidItem(arm.name(name) + " must be 0 when n is 0.");
        }
        BigDecimal cross = units().multiply(ab).subtract(a.multiply(b));
        // a slack on either factor is one on the cross product too: √((A + α)(B + β)) ≥ √(AB) + √(αβ)
        BigDecimal most = spread(a, aa).add(slack(aa)).multiply(spread(b, bb).add(slack(bb)));
        if (cross.multiply(cross).compareTo(most) > 0) {
            throw new InvalidItem("The sums of " + arm.place() + " contradict each other: " + name
                    + " must be between " + possible(-1) + " and " + possible(1) + ", by the other sums: "
                    + ab.doubleValue() + ".");
        }
    }

    private double possible(int sign) {
        BigDecimal half = spread(a, aa).multiply(spread(b, bb)).sqrt(MathContext.DECIMAL64);
        return a.multiply(b)
                .add(half.multiply(BigDecimal.valueOf(sign)))
                .divide(units(), MathContext.DECIMAL64)
                .doubleValue();
    }

    private BigDecimal spread(BigDecimal sum, BigDecimal squares) {
        return units().multiply(squares).subtract(sum.multiply(sum)).max(BigDecimal.ZERO);
    }

    private BigDecimal slack(BigDecimal squares) {
        return units().multiply(squares).multiply(ROUNDING);
    }

    private BigDecimal units() {
        return BigDecimal.valueOf(n);
    }
}
