package org.showroomlab.reports.export.notebook;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.pages.ScorecardView;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.FinishedExperiment;
import org.showroomlab.reports.report.ProgrammeEffect;
import org.showroomlab.reports.report.Scorecard;

/** The scorecard: its figures with what they are, and the shrinkage by a search where the library has a fixed point. */
final class ScorecardCells {
    private ScorecardCells() {}

    static void write(Notebook notebook, ScorecardView view) {
        StringBuilder text = new StringBuilder("## " + view.title() + "\n");
        if (!view.rows().isEmpty()) {
            text.append("\n| Of all quarters | Value | 95 % interval | What it is |\n| --- | --- | --- | --- |\n");
        }
        view.rows()
                .forEach(row -> text.append("| " + row.name() + " | " + Written.markdown(row.figure()) + " | "
                        + Written.markdown(row.interval()) + " | " + Written.markdown(row.meaning()) + " |\n"));
        view.notes()
                .forEach(
                        note -> text.append('\n').append(Written.markdown(note)).append('\n'));
        notebook.text(text.toString());
    }

    static void writeRecomputation(Notebook notebook, Scorecard scorecard) {
        if (scorecard.achieved().value().isEmpty()) {
            return;
        }
        List<FinishedExperiment> finished = scorecard.withEffect();
        notebook.text(
                "## Shrunken effects\n\nOf each finished experiment: ln(treatment / control) with its sign turned where"
                        + " less is better, so that positive is better, and the standard error of that.");
        notebook.code(Recomputation.resource("scorecard.jshell"));
        notebook.code("""
                String[] finished = {%s};
                double[] benefit = {%s};
                double[] stdError = {%s};
                boolean[] shipped = {%s};
                double[] shrunken = %s;
                double impact = 0;
                double avoidedLoss = 0;
                for (int i = 0; i < finished.length; i++) {
                    impact += shipped[i] ? shrunken[i] : 0;
                    avoidedLoss += shipped[i] ? 0 : Math.max(0, -shrunken[i]);
                    System.out.println(finished[i] + ": " + benefit[i] + ", shrunken " + shrunken[i]);
                }
                System.out.println("impact " + Math.expm1(impact) + ", avoided loss " + -Math.expm1(-avoidedLoss));
                """.formatted(
                        joined(finished, e -> Written.java(e.id())),
                        joined(finished, e -> Written.java(effect(e).benefit())),
                        joined(finished, e -> Written.java(effect(e).stdError())),
                        joined(finished, e -> String.valueOf(e.shipped())),
                        shrinking(scorecard.declared())));
    }

    private static String shrinking(@Nullable DeclaredPrior declared) {
        return declared == null
                ? "shrink(benefit, stdError)"
                : "towards(" + Written.java(declared.mean()) + ", " + Written.java(declared.sd() * declared.sd())
                        + ", benefit, stdError)";
    }

    private static ProgrammeEffect effect(FinishedExperiment experiment) {
        return experiment.effect().orElseThrow();
    }

    private static String joined(List<FinishedExperiment> finished, Function<FinishedExperiment, String> literal) {
        return finished.stream().map(literal).collect(Collectors.joining(", "));
    }
}
