package org.showroomlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.simulate.Delivery;

/** The demo says what did not arrive of its quarter. */
class DemoReplayTest {
    @TempDir
    Path folder;

    @Test
    void eventsThatTheBrokerDoesNotTakeAreSaid() throws IOException {
        byte[] tooLong = new byte[2_000_000];
        new Random(1).nextBytes(tooLong);
        Said said =
                replay(() -> List.of(delivery(new byte[10]), delivery(tooLong)).iterator());
        assertThat(said.out()).contains("1 events replayed, the quarter is over.");
        assertThat(said.err()).contains("showroom: 1 records were not taken by 127.0.0.1:");
    }

    @Test
    void aReplayThatFailsIsNotOver() throws IOException {
        Said said = replay(() -> Stream.of(1, 2)
                .map(number -> {
                    if (number == 2) {
                        throw new IllegalStateException("the world has no second event");
                    }
                    return delivery(new byte[10]);
                })
                .iterator());
        assertThat(said.out()).doesNotContain("the quarter is over");
        assertThat(said.err())
                .contains("showroom: the replay has ended before the quarter was over: the world has no second event");
    }

    private static Delivery delivery(byte[] value) {
        return new Delivery(0, EventType.VISIT, new byte[] {1}, value);
    }

    private record Said(String out, String err) {}

    private Said replay(Supplier<Iterator<Delivery>> quarter) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            ShowroomTopics.createOn(broker.brokers());
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            DeliveryReplay replay = new DeliveryReplay(broker.brokers(), DeliveryReplay.WITHOUT_PAUSES);
            DemoCommand.sendOrSay(quarter, replay, broker.brokers(), () -> false);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Said(outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
    }
}
