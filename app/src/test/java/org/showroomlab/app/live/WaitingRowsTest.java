package org.showroomlab.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.ResultPartition;

/** Two subtasks, of key groups 0 to 9 and 10 to 19. */
class WaitingRowsTest {
    private static final String JOB = "job";
    private static final ResultPartition RESULTS = new ResultPartition("results", 0);

    private long nanos;
    private final WaitingRows rows = new WaitingRows(() -> nanos);

    @Test
    void halfOfAFlushWaitsForTheOtherHalf() {
        begin();
        say(0, "a");
        assertThat(released()).isEmpty();
        cut(0, 100);
        say(1, "b");
        assertThat(released()).isEmpty();
        cut(1, 100);
        assertThat(released()).containsExactly("a", "b");
        assertThat(rows.isAny()).isFalse();
    }

    /** The first is ahead by a flush, and has begun another. */
    @Test
    void whatAllHaveSaidIsGiven() {
        begin();
        say(0, "a1");
        cut(0, 100);
        say(0, "a2");
        cut(0, 120);
        say(0, "a3");
        say(1, "b1");
        cut(1, 100);
        assertThat(released()).containsExactly("a1", "b1");
        say(1, "b2");
        cut(1, 120);
        say(1, "b3");
        cut(1, 150);
        assertThat(released()).containsExactly("a2", "b2");
        cut(0, 150);
        assertThat(released()).containsExactly("a3", "b3");
    }

    @Test
    void nothingWaitsForLong() {
        begin();
        assertThat(released()).isEmpty();
        say(0, "a");
        cut(0, 100);
        nanos += WaitingRows.LONGEST_WAIT.toNanos();
        assertThat(released()).isEmpty();
        nanos++;
        assertThat(rows.release(false)).isEmpty();
        assertThat(released()).containsExactly("a");
        cut(1, 100);
        say(0, "b");
        cut(0, 120);
        assertThat(released()).isEmpty();
        cut(1, 120);
        assertThat(released()).containsExactly("b");
    }

    /** Jobs of earlier versions say no cuts. */
    @Test
    void whatIsOfNoSubtaskThatIsKnownDoesNotWait() {
        assertThat(waits(0, "a")).isFalse();
        cut(0, 0);
        assertThat(waits(1, "a")).isFalse();
        assertThat(waits(0, "a")).isTrue();
        assertThat(rows.add(row("a"), new Stamp(1, 5, "another", 0), RESULTS, 0))
                .isFalse();
        assertThat(rows.add(row("a"), null, RESULTS, 0)).isFalse();
    }

    /** What is said anew is whole with the first cuts of all. */
    @Test
    void aLifeTakesPartFromItsBeginning() {
        rows.begin(new RolledBack(0, 9, 0, 1, 0, JOB, List.of()));
        rows.begin(new RolledBack(10, 19, 0, 1, 0, JOB, List.of()));
        say(0, "a");
        cut(0, 0);
        say(1, "b");
        assertThat(released()).isEmpty();
        cut(1, 0);
        assertThat(released()).containsExactly("a", "b");
    }

    /**
     * What of it is void is not for here to know: of an experiment that is closed, say, nothing is said again. The other
     * subtask has failed, too, and will say so.
     */
    @Test
    void whatALifeThatIsOverHasSaidIsGiven() {
        begin();
        say(0, "a");
        cut(0, 100);
        say(1, "b");
        assertThat(variants(rows.begin(back(0, 1)))).containsExactly("a", "b");
        assertThat(rows.isAny()).isFalse();
        assertThat(waits(1, "of the life before")).isFalse();
    }

    @Test
    void afterAFailureAllBeginAnew() {
        begin();
        assertThat(rows.haveAllBegun()).isTrue();
        rows.begin(back(0, 1));
        say(0, "a");
        cut(0, 0, 7);
        assertThat(rows.haveAllBegun()).isFalse();
        assertThat(released()).isEmpty();
        rows.begin(back(1, 1));
        say(1, "b");
        assertThat(rows.haveAllBegun()).isFalse();
        cut(1, 0, 7);
        assertThat(rows.haveAllBegun()).isTrue();
        assertThat(released()).containsExactly("a", "b");
    }

    /** The second subtask never came to say that it had begun the first time. */
    @Test
    void afterTwoFailuresOnlyTheLastLivesCount() {
        begin();
        rows.begin(back(0, 1));
        cut(0, 0, 7);
        rows.begin(back(1, 2));
        cut(1, 0, 7);
        assertThat(rows.haveAllBegun()).isFalse();
        rows.begin(back(0, 2));
        cut(0, 0, 7);
        assertThat(rows.haveAllBegun()).isTrue();
    }

    /** Another job manager numbers attempts anew, and there has been no checkpoint since. */
    @Test
    void attemptsOfTheSameNumberAreToldApart() {
        rows.begin(back(0, 0));
        cut(0, 0, 7);
        rows.begin(back(1, 0));
        cut(1, 0, 7);
        assertThat(rows.haveAllBegun()).isTrue();
        rows.begin(back(0, 0));
        cut(0, 0, 7);
        assertThat(rows.haveAllBegun()).isFalse();
        rows.begin(back(1, 0));
        cut(1, 0, 7);
        assertThat(rows.haveAllBegun()).isTrue();
    }

    /** While the past is read, halves are given; it is a state when the other halves have come. */
    @Test
    void whatWasGivenIsWholeWithItsOtherHalf() {
        assertThat(rows.isWhole()).isTrue();
        begin();
        assertThat(rows.isWhole()).isTrue();
        say(0, "a");
        cut(0, 100);
        say(0, "a of the next");
        rows.releaseAll();
        assertThat(rows.isWhole()).isFalse();
        cut(1, 100);
        assertThat(rows.isWhole()).isFalse();
        cut(0, 150);
        assertThat(rows.isWhole()).isFalse();
        cut(1, 150);
        assertThat(rows.isWhole()).isTrue();
    }

    /** It was cancelled in the middle of a flush: the other half never comes, and nothing else is a state. */
    @Test
    void thatAJobIsSilentMakesNoStateOfAHalf() {
        begin();
        say(0, "a");
        cut(0, 100);
        rows.releaseAll();
        nanos += Duration.ofDays(1).toNanos();
        assertThat(rows.isWhole()).isFalse();
        settle(JOB, 0);
        settle("another", 1);
        assertThat(rows.isWhole()).isFalse();
    }

    /** Before each checkpoint all that has come is flushed and said. */
    @Test
    void whatWasSaidBeforeACheckpointIsWhole() {
        cut(0, 100);
        say(0, "a");
        assertThat(rows.isWhole()).isFalse();
        assertThat(settle(JOB, 1)).containsExactly("a");
        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.isAny()).isFalse();
        say(0, "b");
        cut(0, 150);
        rows.releaseAll();
        assertThat(rows.isWhole()).isFalse();
    }

    /** Where reading begins there, each subtask's next cut says what is whole. */
    @Test
    void theOldestOfTheLastCutsIsKnown() {
        assertThat(rows.oldestCut(RESULTS)).isEqualTo(Long.MAX_VALUE);
        rows.cut(new Cut(0, 9, 2, 1, JOB, 100), RESULTS, 7);
        rows.cut(new Cut(10, 19, 2, 1, JOB, 100), RESULTS, 9);
        assertThat(rows.oldestCut(RESULTS)).isEqualTo(7);
        rows.cut(new Cut(0, 9, 2, 1, JOB, 150), RESULTS, 12);
        assertThat(rows.oldestCut(RESULTS)).isEqualTo(9);
        assertThat(rows.oldestCut(new ResultPartition("results", 1))).isEqualTo(Long.MAX_VALUE);
    }

    /** Once a flush is given by halves, the next one has begun before its other half comes, and so on for ever. */
    @ParameterizedTest
    @ValueSource(ints = {300, 1_200, 1_300, 2_500})
    void aSubtaskThatIsAlwaysLateMakesStatesAllTheSame(int lateMillis) {
        begin();
        int states = 0;
        for (int millis = 50; millis <= 60_000; millis += 50) {
            nanos = 1_000_000L * millis;
            if (millis % 250 == 0) {
                say(0, "a" + millis);
                cut(0, millis);
            }
            int late = millis - lateMillis;
            if (late > 0 && late % 250 == 0) {
                say(1, "b" + late);
                cut(1, late);
            }
            released();
            states += rows.isWhole() ? 1 : 0;
        }
        // Of 1,200; the first halves were given before anybody knew.
        assertThat(states).isGreaterThan(1_080);
    }

    /** Reading may begin in the middle of a flush. */
    @Test
    void theFirstCutThatIsReadEndsAHalf() {
        assertThat(waits(0, "a")).isFalse();
        cut(0, 100);
        assertThat(rows.isWhole()).isFalse();
        cut(1, 50);
        assertThat(rows.isWhole()).isFalse();
        cut(1, 100);
        assertThat(rows.isWhole()).isTrue();
    }

    /** What had been given because it waited too long is half said as well. */
    @Test
    void whatALifeHadGivenBeforeAnotherOneCutsIsHalfOfAState() {
        begin();
        cut(0, 100);
        cut(1, 100);
        say(0, "a");
        assertThat(variants(rows.releaseAll())).containsExactly("a");
        rows.cut(new Cut(0, 9, 2, 0, JOB, 150), RESULTS, 0);
        cut(1, 150);
        assertThat(rows.isWhole()).isFalse();
    }

    /** Where reading began behind the beginnings, nobody knows which of two lives is over: nothing of either may be lost. */
    @Test
    void whatWaitsOfALifeIsGivenWhenAnotherOneCuts() {
        begin();
        say(0, "a");
        cut(0, 100);
        say(0, "a of the next");
        assertThat(variants(rows.cut(new Cut(0, 9, 2, 0, JOB, 50), RESULTS, 0))).containsExactly("a", "a of the next");
        assertThat(released()).isEmpty();
        cut(1, 100);
        assertThat(rows.isWhole()).isFalse();
        cut(0, 150);
        assertThat(rows.isWhole()).isFalse();
        cut(1, 150);
        assertThat(rows.isWhole()).isFalse();
        cut(0, 200);
        cut(1, 200);
        released();
        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.isAny()).isFalse();
    }

    /** The store knows which of them it believes. */
    @Test
    void whatAnotherJobHasSaidIsGiven() {
        begin();
        say(0, "a");
        assertThat(rows.begin(new RolledBack(0, 19, 0, 7, 0, "another", List.of())))
                .hasSize(1);
        assertThat(rows.isAny()).isFalse();
    }

    private void begin() {
        cut(0, 0);
        cut(1, 0);
    }

    private void cut(int subtask, long throughMillis) {
        cut(subtask, throughMillis, 1);
    }

    private void cut(int subtask, long throughMillis, long lifeBegunAtMillis) {
        rows.cut(new Cut(10 * subtask, 10 * subtask + 9, 2, lifeBegunAtMillis, JOB, throughMillis), RESULTS, 0);
    }

    private List<String> settle(String job, long checkpoint) {
        return variants(rows.settle(new Settled(0, 9, checkpoint, job)));
    }

    private static RolledBack back(int subtask, int attempt) {
        return new RolledBack(10 * subtask, 10 * subtask + 9, 1, 7, attempt, JOB, List.of());
    }

    private void say(int subtask, String variant) {
        assertThat(waits(subtask, variant)).isTrue();
    }

    private boolean waits(int subtask, String variant) {
        return rows.add(row(variant), new Stamp(1, 10 * subtask + 3, JOB, 1), RESULTS, 0);
    }

    private List<String> released() {
        return variants(rows.release(true));
    }

    private static List<String> variants(List<WaitingRows.Waiting> released) {
        return released.stream()
                .map(each -> ((LifeTableCount) each.row()).variant())
                .toList();
    }

    private static LifeTableCount row(String variant) {
        return new LifeTableCount("e", variant, "exposure", 0, "entered", 0, LocalDate.EPOCH, 1);
    }
}
