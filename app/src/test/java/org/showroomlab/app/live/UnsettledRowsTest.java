package org.showroomlab.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.JobBeginning;
import org.showroomlab.reports.store.LiveRows;
import org.showroomlab.reports.store.ResultPartition;

class UnsettledRowsTest {
    private static final String JOB = "first";
    private static final List<CountedExperiment> COUNTED = List.of(new CountedExperiment("e", "e.yaml", "id: e"));
    private static final ResultPartition RESULTS = new ResultPartition("results", 0);

    private final UnsettledRows rows = new UnsettledRows(Set.of("e", "before"), "known"::equals, () -> 0);
    private long nextOffset = 100;

    @Test
    void whatIsNotSaidAgainAfterGoingBackIsEmptied() {
        say(row("settled", 1), new Stamp(4, 7, JOB, 0));
        say(row("kept", 2), new Stamp(5, 7, JOB, 0));
        say(row("stale", 3), new Stamp(5, 7, JOB, 0));
        say(row("of another subtask", 4), new Stamp(5, 600, JOB, 0));
        rows.drain(true, true);

        say(new RolledBack(0, 511, 4, 1, 0, JOB, COUNTED));
        say(row("kept", 5), new Stamp(5, 7, JOB, 0));

        assertThat(said(JOB)).containsExactlyInAnyOrder(row("stale", 0), row("kept", 5));
    }

    @Test
    void readingBeginsAtTheOldestRowThatIsNotSettled() {
        say(row("a", 1), new Stamp(4, 7, JOB, 0));
        say(row("b", 2), new Stamp(5, 7, JOB, 0));
        assertThat(held()).isEqualTo(100);
        say(new Settled(0, 1023, 4, JOB));
        assertThat(held()).isEqualTo(101);
        say(new Settled(0, 511, 5, JOB));
        assertThat(held()).isEqualTo(nextOffset);
    }

    @Test
    void aSettledRowCannotBecomeVoid() {
        say(row("a", 1), new Stamp(4, 7, JOB, 0));
        say(new Settled(0, 1023, 4, JOB));
        rows.drain(true, true);
        say(new RolledBack(0, 1023, 3, 1, 0, JOB, COUNTED));
        assertThat(said(JOB)).isEmpty();
    }

    /** Rows of a job that has ended are neither settled nor taken back; the store knows whether they stand. */
    @Test
    void aJobThatIsSubmittedAnewHoldsNothingOfTheOneBefore() {
        say(row("unsettled", 1), new Stamp(5, 7, JOB, 0));
        say(new RolledBack(0, 511, 0, 1, 0, "second", COUNTED));
        say(row("new", 2), new Stamp(1, 600, "second", 0));

        assertThat(held()).isEqualTo(101);
        LiveRows said = rows.drain(true, true);
        assertThat(said.beginnings()).containsExactly(new JobBeginning("second", COUNTED, 101));
        assertThat(said.rowsByJobId())
                .isEqualTo(Map.of(JOB, List.of(row("unsettled", 1)), "second", List.of(row("new", 2))));
    }

    /** A process that stood still for long was given up, woke up again and sent what it still had. */
    @Test
    void rowsOfALifeThatWasGivenUpAreVoidHoweverLateTheyCome() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(new RolledBack(512, 1023, 0, 12, 0, JOB, COUNTED));
        say(row("of both", 1), new Stamp(1, 7, JOB, 11));
        say(new RolledBack(0, 511, 0, 21, 0, JOB, COUNTED));
        say(row("of both", 2), new Stamp(1, 7, JOB, 21));

        say(row("of both", 3), new Stamp(1, 7, JOB, 11));
        say(row("only late", 4), new Stamp(1, 8, JOB, 11));
        say(row("of another subtask", 5), new Stamp(1, 600, JOB, 12));

        assertThat(said(JOB)).containsExactlyInAnyOrder(row("of both", 2), row("of another subtask", 5));
    }

    /** A reader that starts again must know of them as well. */
    @Test
    void readingBeginsAtTheLastGoingBackUntilItsLifeHasACheckpoint() {
        say(row("settled", 1), new Stamp(4, 7, JOB, 11));
        say(new Settled(0, 511, 4, JOB));
        say(new RolledBack(0, 511, 4, 21, 0, JOB, COUNTED));
        say(row("other", 1), new Stamp(5, 600, JOB, 12));
        ask(0, 0);
        assertThat(held()).isEqualTo(102);
        say(new Settled(512, 1023, 5, JOB));
        assertThat(held()).isEqualTo(102);
        say(new Settled(0, 511, 5, JOB));
        assertThat(held()).isEqualTo(nextOffset);
    }

    /** It stood still after it had gone back, and says so when the next life has begun long since. */
    @Test
    void aLifeThatWasGivenUpBeginsNothing() {
        say(new RolledBack(0, 511, 0, 11, 3, JOB, COUNTED));
        say(new RolledBack(0, 511, 0, 21, 4, JOB, COUNTED));
        say(row("a", 1), new Stamp(1, 7, JOB, 21));
        say(new RolledBack(0, 511, 0, 11, 3, JOB, COUNTED));
        say(row("a", 99), new Stamp(1, 7, JOB, 11));
        say(row("b", 2), new Stamp(1, 7, JOB, 21));
        assertThat(said(JOB)).containsExactly(row("a", 1), row("b", 2));

        say(new Settled(0, 511, 7, JOB));
        say(new RolledBack(0, 511, 6, 31, 5, JOB, COUNTED));
        say(new Settled(0, 511, 8, JOB));
        rows.drain(true, true);
        say(new RolledBack(0, 511, 4, 41, 9, JOB, COUNTED));
        say(row("c", 3), new Stamp(9, 7, JOB, 31));
        LiveRows said = rows.drain(true, true);
        assertThat(said.beginnings()).isEmpty();
        assertThat(said.rowsByJobId()).isEqualTo(Map.of(JOB, List.of(row("c", 3))));
    }

    /** Another job manager numbers lives anew, and another machine may have another clock. */
    @Test
    void aLaterLifeWithASmallerNumberOrAnEarlierClockBegins() {
        say(new RolledBack(0, 511, 4, 11, 7, JOB, COUNTED));
        say(new RolledBack(0, 511, 4, 21, 0, JOB, COUNTED));
        say(row("a", 1), new Stamp(5, 7, JOB, 21));
        say(new RolledBack(0, 511, 4, 19, 1, JOB, COUNTED));
        say(row("a", 2), new Stamp(5, 7, JOB, 19));
        assertThat(said(JOB)).containsExactly(row("a", 2));
    }

    @Test
    void aCheckpointOfAnotherJobSettlesNothing() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(row("a", 1), new Stamp(1, 7, JOB, 11));
        say(new Settled(0, 511, 90, "the one before"));
        ask(0, 0);
        assertThat(held()).isEqualTo(100);
        assertThat(rows.isRestating()).isTrue();
        say(new Cut(0, 511, 1, 9, JOB, 0));
        assertThat(rows.isRestating()).isTrue();
        say(new Cut(0, 511, 1, 11, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
        say(new Settled(0, 511, 1, JOB));
        rows.drain(false, true);
        assertThat(held()).isEqualTo(nextOffset);
    }

    /** A job that was cancelled before its first checkpoint never has one. */
    @Test
    void whatAnotherJobHasTakenOverIsNotSaidAgainByThisOne() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        rows.overtakenBy(new RolledBack(0, 511, 0, 12, 0, "of another name", COUNTED));
        assertThat(rows.isRestating()).isFalse();
    }

    @Test
    void theFirstRowOfAJobsAccountingIsABeginning() {
        AccountingRow received = new AccountingRow("visits", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", "second", received)), RESULTS, 5);
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", "second", received)), RESULTS, 6);
        LiveRows said = rows.drain(true, true);
        assertThat(said.beginnings()).containsExactly(new JobBeginning("second", List.of(), 5));
        assertThat(said.rowsByJobId()).isEqualTo(Map.of("second", List.of(received)));
    }

    /** The beginnings of subtasks come one by one, too: where one has said all, another may not have begun. */
    @Test
    void whatIsSaidAnewIsWholeWhenAllSubtasksHaveSaidIt() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(new Cut(0, 511, 2, 11, JOB, 0));
        assertThat(rows.isRestating()).isTrue();
        say(new RolledBack(512, 1023, 0, 12, 0, JOB, COUNTED));
        assertThat(rows.isRestating()).isTrue();
        say(new Cut(512, 1023, 2, 12, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
    }

    @Test
    void afterAFailureWhatIsSaidAnewIsWholeWhenAllSubtasksHaveSaidIt() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(new RolledBack(512, 1023, 0, 12, 0, JOB, COUNTED));
        say(new Cut(0, 511, 2, 11, JOB, 0));
        say(new Cut(512, 1023, 2, 12, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
        say(new RolledBack(0, 511, 3, 21, 1, JOB, COUNTED));
        say(new Cut(0, 511, 2, 21, JOB, 0));
        assertThat(rows.isRestating()).isTrue();
        say(new RolledBack(512, 1023, 3, 22, 1, JOB, COUNTED));
        say(new Cut(512, 1023, 2, 22, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
    }

    /** A reader that starts afterwards reads all of it at once. Of an experiment that is closed nothing is said again. */
    @Test
    void whatWasSettledBeforeAFailureStands() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        say(new Cut(0, 1023, 1, 11, JOB, 0));
        say(row("of a closed experiment", 5), new Stamp(1, 7, JOB, 11));
        say(new Cut(0, 1023, 1, 11, JOB, 100));
        say(new Settled(0, 1023, 1, JOB));
        say(row("void", 6), new Stamp(2, 7, JOB, 11));
        say(new RolledBack(0, 1023, 1, 21, 1, JOB, List.of()));
        say(new Cut(0, 1023, 1, 21, JOB, 0));
        assertThat(said(JOB)).containsExactlyInAnyOrder(row("of a closed experiment", 5), row("void", 0));
    }

    /** Two clusters may share a topic for a while. The store believes the job that was submitted last. */
    @Test
    void anEarlierJobOfTheSameNameThatRecoversChangesNothing() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        say(new RolledBack(0, 1023, 0, 12, 0, "second", COUNTED));
        say(new Cut(0, 1023, 1, 12, "second", 0));
        say(row("a", 1), new Stamp(1, 7, "second", 12));
        say(new Cut(0, 1023, 1, 12, "second", 100));
        said("second");

        say(new RolledBack(0, 1023, 3, 21, 1, JOB, COUNTED));
        say(row("a", 9), new Stamp(4, 7, JOB, 21));
        say(new Cut(0, 1023, 1, 21, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
        assertThat(held()).isEqualTo(101);
        said(JOB);

        say(row("waits", 1), new Stamp(1, 7, "second", 12));
        say(new Cut(0, 1023, 1, 21, JOB, 200));
        assertThat(rows.drain(false, true).rowsByJobId()).isEmpty();
        say(new RolledBack(0, 1023, 0, 31, 1, "second", COUNTED));
        assertThat(said("second")).containsExactlyInAnyOrder(row("a", 0), row("waits", 0));
    }

    /** A row that waits is nowhere else, should this process end now. */
    @Test
    void readingBeginsAtARowThatWaits() {
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(new RolledBack(512, 1023, 0, 12, 0, JOB, COUNTED));
        say(new Cut(0, 511, 2, 11, JOB, 0));
        say(new Cut(512, 1023, 2, 12, JOB, 0));
        ask(0, 0);
        say(row("a", 1), new Stamp(1, 7, JOB, 11));
        say(new Cut(0, 511, 2, 11, JOB, 2));
        say(new Cut(512, 1023, 2, 12, JOB, 1));
        say(row("of the next epoch", 1), new Stamp(2, 8, JOB, 11));
        say(new Settled(0, 511, 1, JOB));
        say(new Settled(512, 1023, 1, JOB));
        assertThat(rows.drain(false, true).rowsByJobId()).isEmpty();
        assertThat(held()).isEqualTo(104);
        say(new Cut(512, 1023, 2, 12, JOB, 2));
        assertThat(rows.drain(false, true).rowsByJobId()).isEqualTo(Map.of(JOB, List.of(row("a", 1))));
        assertThat(held()).isEqualTo(105);
    }

    /** An accounting that closes says that all is in the tables. */
    @Test
    void accountingWaitsForTheRowsThatWereSaidBefore() {
        AccountingRow received = new AccountingRow("visits", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        say(new RolledBack(0, 511, 0, 11, 0, JOB, COUNTED));
        say(new RolledBack(512, 1023, 0, 12, 0, JOB, COUNTED));
        say(new Cut(0, 511, 2, 11, JOB, 0));
        say(new Cut(512, 1023, 2, 12, JOB, 0));
        say(row("a", 1), new Stamp(2, 7, JOB, 11));
        say(new Cut(0, 511, 2, 11, JOB, 1));
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", JOB, received)), RESULTS, nextOffset++);
        say(new Settled(0, 1023, 1, JOB));
        assertThat(rows.drain(false, true).rowsByJobId()).isEmpty();
        assertThat(rows.isWaiting()).isTrue();
        say(row("a", 2), new Stamp(2, 7, JOB, 11));
        say(new Cut(512, 1023, 2, 12, JOB, 1));
        assertThat(rows.drain(false, true).rowsByJobId()).isEqualTo(Map.of(JOB, List.of(row("a", 1), received)));
    }

    /** Topics are read to different places until then, so that purchases may be of before visits that are counted. */
    @Test
    void aJobCatchesUpUntilItHasReceivedWhatWasThereWhenItBegan() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        say(new Cut(0, 1023, 1, 11, JOB, 0));
        assertThat(rows.isRestating()).isFalse();
        assertThat(rows.isCatchingUp()).isTrue();
        ask(9, 9);
        account(JOB, 8);
        account("another", 9);
        rows.drain(false, true);
        ask(9, 9);
        assertThat(rows.isCatchingUp()).isTrue();
        account(JOB, 9);
        ask(9, 9);
        assertThat(rows.isCatchingUp()).isTrue();
        rows.drain(false, true);
        ask(9, 9);
        assertThat(rows.isCatchingUp()).isFalse();

        say(new RolledBack(0, 1023, 0, 21, 0, "second", COUNTED));
        ask(20, 20);
        account(JOB, 23);
        rows.drain(false, true);
        ask(20, 20);
        assertThat(rows.isCatchingUp()).isTrue();
        rows.overtakenBy(new RolledBack(0, 511, 0, 12, 0, "of another name", COUNTED));
        assertThat(rows.isCatchingUp()).isFalse();
    }

    /** That of another job says nothing of this one. */
    @Test
    void aCheckpointTellsThatAJobIsThere() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        askInVain(50);
        say(new Settled(0, 1023, 2, "another"));
        rows.drain(false, true);
        assertThat(rows.isCatchingUp()).isTrue();
        say(new Settled(0, 1023, 3, JOB));
        rows.drain(false, true);
        assertThat(rows.isCatchingUp()).isFalse();
    }

    /** A reader that was cut off for a while reads both at once. */
    @Test
    void progressThatComesWithACheckpointIsProgress() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        say(new Cut(0, 1023, 1, 11, JOB, 0));
        askInVain(1_000_000);
        account(JOB, 50_000);
        say(new Settled(0, 1023, 1, JOB));
        rows.drain(false, true);
        assertThat(rows.isCatchingUp()).isTrue();
        assertThat(held()).isEqualTo(100);
    }

    private void askInVain(long records) {
        for (int times = 0; times <= CatchingUp.MOST_TIMES_NO_NEARER; times++) {
            ask(records, records);
        }
    }

    /** Of a topic at rest it is never said again. */
    @Test
    void accountingBetweenTheBeginningsOfSubtasksIsHeard() {
        say(new RolledBack(0, 511, 1, 21, 1, JOB, COUNTED));
        say(new Cut(0, 511, 2, 21, JOB, 0));
        account(JOB, 9);
        rows.drain(false, true);
        say(new RolledBack(512, 1023, 1, 22, 1, JOB, COUNTED));
        say(new Cut(512, 1023, 2, 22, JOB, 0));
        rows.drain(false, true);
        ask(9, 9);
        assertThat(rows.isCatchingUp()).isFalse();
    }

    /** A reader that starts again must know how far it has got. */
    @Test
    void readingBeginsAtTheGoingBackUntilItsLifeHasCaughtUp() {
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, COUNTED));
        say(new Cut(0, 1023, 1, 11, JOB, 0));
        ask(9, 9);
        say(new Settled(0, 1023, 1, JOB));
        assertThat(held()).isEqualTo(100);
        account(JOB, 9);
        rows.drain(false, true);
        ask(9, 9);
        assertThat(held()).isEqualTo(100);
        say(new Settled(0, 1023, 2, JOB));
        assertThat(held()).isEqualTo(nextOffset);
    }

    /** What another has taken over is never this one's again, and what is closed stays as it is. */
    @Test
    void itsExperimentsAreThoseItBeganWithAndStillHas() {
        assertThat(rows.experiments()).containsExactlyInAnyOrder("e", "before");
        CountedExperiment f = new CountedExperiment("f", "f.yaml", "id: f");
        CountedExperiment g = new CountedExperiment("g", "g.yaml", "id: g");
        say(new RolledBack(0, 1023, 0, 11, 0, JOB, List.of(COUNTED.get(0), f, g)));
        assertThat(rows.experiments()).containsExactlyInAnyOrder("e", "f", "g");
        rows.overtakenBy(new RolledBack(0, 511, 0, 12, 0, "of another name", List.of(f)));
        assertThat(rows.experiments()).containsExactlyInAnyOrder("e", "g");
        say(new RolledBack(0, 1023, 1, 21, 1, JOB, List.of(COUNTED.get(0), f)));
        assertThat(rows.experiments()).containsExactly("e");
        say(new RolledBack(0, 1023, 0, 31, 0, "second", List.of(f)));
        assertThat(rows.experiments()).containsExactly("f");
    }

    /** What another took over before this process began is not among those that the store knows as this one's. */
    @Test
    void aJobThatIsKnownFromBeforeTakesNothingBack() {
        RolledBack again = new RolledBack(
                0, 1023, 1, 21, 1, "known", List.of(COUNTED.get(0), new CountedExperiment("f", "f.yaml", "id: f")));
        assertThat(rows.isSubmitted(again)).isFalse();
        say(again);
        assertThat(rows.experiments()).containsExactly("e");
        assertThat(rows.isSubmitted(new RolledBack(0, 1023, 0, 31, 0, "second", COUNTED)))
                .isTrue();
    }

    /** A process that starts again knows of what it reads whether it is whole. */
    @Test
    void readingBeginsAtTheCutsBeforeARowThatIsNotSettled() {
        say(new Cut(0, 511, 2, 11, JOB, 100));
        say(new Cut(512, 1023, 2, 12, JOB, 100));
        say(new Cut(512, 1023, 2, 12, JOB, 200));
        say(row("a", 1), new Stamp(4, 7, JOB, 11));
        say(new Cut(0, 511, 2, 11, JOB, 200));
        rows.drain(false, true);
        assertThat(rows.isBetweenStates()).isFalse();
        assertThat(held()).isEqualTo(100);
        say(new Settled(0, 511, 4, JOB));
        assertThat(held()).isEqualTo(nextOffset);
    }

    private void ask(long before, long now) {
        rows.ask(CatchingUpTest.visits(before, now));
    }

    private void account(String job, long received) {
        AccountingRow row = new AccountingRow("visits", received, received, 0, 0, 0, 0, 0, 0, 1);
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", job, row)), RESULTS, nextOffset++);
    }

    private List<ResultRow> said(String jobId) {
        Collection<? extends ResultRow> ofJob =
                rows.drain(true, true).rowsByJobId().get(jobId);
        return ofJob == null ? List.of() : List.copyOf(ofJob);
    }

    private long held() {
        Map<ResultPartition, Long> offsets = new HashMap<>(Map.of(RESULTS, nextOffset));
        rows.hold(offsets);
        return offsets.getOrDefault(RESULTS, -1L);
    }

    private void say(ResultRow row, Stamp stamp) {
        // Through its bytes, as it comes from the topic.
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", row, stamp)), RESULTS, nextOffset++);
    }

    private void say(ResultRow row) {
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", row)), RESULTS, nextOffset++);
    }

    private static ResultRow row(String variant, long n) {
        return new LifeTableCount("e", variant, "exposure", 0, "entered", 0, LocalDate.EPOCH, n);
    }
}
