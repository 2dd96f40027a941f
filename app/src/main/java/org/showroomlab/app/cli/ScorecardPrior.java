package org.showroomlab.app.cli;

import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.DeclaredPrior;

/** The option {@code --prior}. */
final class ScorecardPrior {
    static final String DESCRIPTION =
            "For the scorecard while fewer than 8 finished experiments have an effect: mean and standard deviation of what"
                    + " experiments do, as ln(treatment / control), positive when better. Such as 0,0.05.";

    private ScorecardPrior() {}

    static @Nullable DeclaredPrior of(@Nullable String text) {
        return text == null ? null : WrongUsage.unlessAllowed("--prior", () -> DeclaredPrior.parse(text));
    }
}
