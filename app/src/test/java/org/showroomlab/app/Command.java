package org.showroomlab.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.showroomlab.app.cli.ShowroomCommand;

/** The command, with what it says. */
final class Command {
    private Command() {}

    /** @param bytes what went to standard output, as it is */
    record Answer(int code, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static Answer execute(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Answer answer = execute(bytes, arguments);
        return new Answer(answer.code(), bytes.toByteArray(), answer.err());
    }

    /** @param printed where standard output goes; the answer has none of it */
    static Answer execute(OutputStream printed, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int code = ShowroomCommand.execute(arguments);
            return new Answer(code, new byte[0], errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
