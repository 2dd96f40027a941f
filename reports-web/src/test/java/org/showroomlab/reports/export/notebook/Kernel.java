package org.showroomlab.reports.export.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Runs cells as a Java kernel does, which is JShell inside; a cell that does not compile or throws fails the test. */
final class Kernel implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private final JShell shell = JShell.builder().executionEngine("local").build();

    Kernel() {
        // Local execution prints to this program's own output.
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    void run(String cell) {
        String rest = cell;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete()).as(rest).isTrue();
            for (SnippetEvent event : shell.eval(next.source())) {
                List<String> problems = shell.diagnostics(event.snippet())
                        .map(d -> d.getMessage(null))
                        .toList();
                assertThat(event.status()).as("%s%n%s", next.source(), problems).isEqualTo(Snippet.Status.VALID);
                assertThat(event.exception()).as(next.source()).isNull();
            }
            rest = next.remaining();
        }
    }

    double number(String expression) {
        return Double.parseDouble(shell.eval(expression).get(0).value());
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(before);
        shell.close();
    }
}
