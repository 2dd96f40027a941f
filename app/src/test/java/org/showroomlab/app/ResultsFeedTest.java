package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.reports.store.Interruption;
import org.showroomlab.reports.store.Store;

class ResultsFeedTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @RegisterExtension
    final Running running = new Running();

    /** Otherwise pages would go on as if there were nothing new. */
    @Test
    void brokersThatDoNotAnswerAreSaid() throws Exception {
        Store store = running.hold(Store.inMemory());
        try (EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")))) {
            ShowroomTopics.createOn(broker.brokers());
            running.hold(ResultsFeed.start(broker.brokers(), store));
            assertThat(store.interruption()).isEmpty();
        }
        Await.until(PATIENCE, () -> store.interruption().isPresent());
        assertThat(store.interruption().map(Interruption::reason).orElse("nothing"))
                .contains("do not answer");
    }
}
