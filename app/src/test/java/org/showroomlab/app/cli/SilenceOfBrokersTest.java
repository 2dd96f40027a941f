package org.showroomlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.simulate.Delivery;

/** Without a word a replay whose brokers are away looks as one that is stuck. */
class SilenceOfBrokersTest {
    @Test
    void brokersThatDoNotAnswerAreSaidOnce() throws InterruptedException {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        String nobody = "127.0.0.1:1";
        DeliveryReplay replay = new DeliveryReplay(nobody, DeliveryReplay.WITHOUT_PAUSES);
        List<Delivery> one = List.of(new Delivery(0, EventType.VISIT, new byte[] {1}, new byte[] {2}));
        Thread sending = new Thread(() ->
                SilenceOfBrokers.saidDuring(replay, nobody, () -> replay.send(one.iterator(), (count, millis) -> {})));
        sending.setUncaughtExceptionHandler((thread, ending) -> {});
        try {
            sending.start();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (said.size() == 0 && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            Thread.sleep(2_500);
        } finally {
            System.setErr(before);
            sending.interrupt();
            sending.join();
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "showroom: 127.0.0.1:1 does not answer; the replay goes on when it does, within 10 minutes");
    }
}
