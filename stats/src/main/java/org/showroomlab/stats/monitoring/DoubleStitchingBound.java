package org.showroomlab.stats.monitoring;

/**
 * How far the number of values up to a quantile may stray from t·p, for every quantile and every t at once.
 *
 * <p>With m = max(t, t_opt), r = p for p ≥ 1/2 and otherwise min(1/2, logit⁻¹(logit p + 2δ√(η·t_opt/m))), σ² = r(1 − r),
 * j = √(m/t_opt)·|logit p|/(2δ) + 1, ℓ = s·ln ln(η·m/t_opt) + s·ln j + ln(2ζ(s)(2ζ(s) + 1)/(α ln^s η)) and c = (1 − 2p)/3:
 * the bound is δ√(η·m·σ²/t_opt) + √(k₁²σ²mℓ + k₂²c²ℓ²) + k₂cℓ, with k₁ = (η^¼ + η^−¼)/√2 and k₂ = (√η + 1)/2. Unit:
 * values, so bound/t is a difference of shares.
 *
 * <p>Edges: before t_opt the bound stays what it is at t_opt. It is one-sided: up to t·p + bound; below, with 1 − p.
 *
 * <p>Source: Howard and Ramdas (2022), doi:10.3150/21-BEJ1388, theorem 4.
 *
 * @param alpha level, in (0, 1)
 * @param tuningN values from which on the bound is meant to be tight
 * @param delta spacing of the quantiles' grid
 * @param s exponent of the weights of the epochs, greater than 1
 * @param eta ratio of the epochs, greater than 1
 */
public record DoubleStitchingBound(double alpha, double tuningN, double delta, double s, double eta) {

    /** Checks the ranges. */
    public DoubleStitchingBound {
        if (!(alpha > 0 && alpha < 1) || !(tuningN >= 1 && tuningN < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("need alpha in (0, 1) and tuningN >= 1: " + alpha + ", " + tuningN);
        }
        if (!(delta > 0) || !(s > 1) || !(eta > 1)) {
            throw new IllegalArgumentException("need delta > 0, s > 1, eta > 1: " + delta + ", " + s + ", " + eta);
        }
    }

    /** At .05 with the paper's δ = .5, s = 1.4 and η = 2. */
    public static DoubleStitchingBound tunedTo(double tuningN) {
        return new DoubleStitchingBound(0.05, tuningN, 0.5, 1.4, 2);
    }

    /** The same bound at another level. */
    public DoubleStitchingBound withAlpha(double newAlpha) {
        return new DoubleStitchingBound(newAlpha, tuningN, delta, s, eta);
    }

    /** The bound after t values, in values. */
    public double bound(double share, double t) {
        if (!(share > 0 && share < 1) || !(t >= 1)) {
            throw new IllegalArgumentException("need share in (0, 1) and t >= 1: " + share + ", " + t);
        }
        double logit = Math.log(share / (1 - share));
        double m = Math.max(t, tuningN);
        double r = share >= 0.5
                ? share
                : Math.min(0.5, 1 / (1 + Math.exp(-logit - 2 * delta * Math.sqrt(tuningN * eta / m))));
        double variance = r * (1 - r);
        double ell = penalty(m, Math.sqrt(m / tuningN) * Math.abs(logit) / (2 * delta) + 1);
        double k1 = (Math.pow(eta, 0.25) + Math.pow(eta, -0.25)) / Math.sqrt(2);
        double linear = (Math.sqrt(eta) + 1) / 2 * (1 - 2 * share) / 3 * ell;
        return delta * Math.sqrt(eta * m * variance / tuningN)
                + Math.sqrt(k1 * k1 * variance * m * ell + linear * linear)
                + linear;
    }

    private double penalty(double m, double j) {
        double zeta = Zeta.of(s);
        double constant = Math.log(2 * zeta * (2 * zeta + 1) / (alpha * Math.pow(Math.log(eta), s)));
        return s * Math.log(Math.log(eta * m / tuningN)) + s * Math.log(j) + constant;
    }
}
