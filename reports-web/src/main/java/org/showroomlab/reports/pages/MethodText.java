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
            default -> "Not counted in this version";
        };
    }

    static String formula(String method) {
        return switch (method) {
            case "welch" -> "ȳ₁ − ȳ₀ ± t · √(s₁²/n₁ + s₀²/n₀), Welch–Satterthwaite degrees of freedom";
            case "score_newcombe" -> "z = (p₁ − p₀)/√(p̄(1 − p̄)(1/n₁ + 1/n₀)); interval from the two Wilson intervals";
            case "fisher_newcombe" ->
                "Sum of the tables that are no more likely; interval from the two Wilson intervals";
            case "delta_method" -> "R = Σy/Σd; var(R) = (s_y² − 2R·s_yd + R²·s_d²)/(n·d̄²)";
            default -> "";
        };
    }
}
