package org.showroomlab.reports.pages;

/** The name and the formula of a method, for the reader who asks. */
final class MethodText {
    private MethodText() {}

    static String name(String method) {
        return switch (method) {
            case "welch" -> "Welch’s t-test";
            case "score_newcombe" -> "Score test, Newcombe’s interval";
            case "fisher_newcombe" -> "Fisher’s exact test, Newcombe’s interval";
            case "delta_method" -> "Ratio of sums, delta method";
            case "cr2_satterthwaite" -> "Cluster-robust t-test (CR2, Satterthwaite)";
            case "randomization" -> "Randomisation test alone: too few degrees of freedom for an interval";
            case "switchback" -> "Paired t-test of neighbouring periods";
            case "woodruff" -> "Quantile by Woodruff’s inversion";
            default -> method;
        };
    }

    static String formula(String method) {
        return switch (method) {
            case "welch" -> "ȳ₁ − ȳ₀ ± t · √(s₁²/n₁ + s₀²/n₀), Welch–Satterthwaite degrees of freedom";
            case "score_newcombe" -> "z = (p₁ − p₀)/√(p̄(1 − p̄)(1/n₁ + 1/n₀)); interval from the two Wilson intervals";
            case "fisher_newcombe" ->
                "Sum of the tables that are no more likely; interval from the two Wilson intervals";
            case "delta_method" -> "R = Σy/Σd; var(R) = (s_y² − 2R·s_yd + R²·s_d²)/(n·d̄²)";
            case "cr2_satterthwaite" -> "V = Σ (S_g − μ·n_g)²/(1 − n_g/N)/N² over the clusters g of each arm";
            case "randomization" -> "The share of the possible assignments that are at least as extreme";
            case "switchback" -> "d̄ ± t · s_d/√k over k pairs of periods";
            case "woodruff" -> "Rank p ± t · SE_rank between clusters, read back through the distribution";
            default -> "";
        };
    }
}
