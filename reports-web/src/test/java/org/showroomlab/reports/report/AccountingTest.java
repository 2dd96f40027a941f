package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountingTest {
    @Test
    void recordsOnTheirWayAreToldWhicheverPartOfTheJobIsAhead() {
        assertThat(accounting(10, 6).closes()).isTrue();
        assertThat(accounting(10, 6).unsettled()).isZero();
        assertThat(accounting(12, 6).closes()).isFalse();
        assertThat(accounting(12, 6).unsettled()).isEqualTo(2);
        assertThat(accounting(10, 9).closes()).isFalse();
        assertThat(accounting(10, 9).unsettled()).isEqualTo(3);
        assertThat(Accounting.of(List.of()).closes()).isTrue();
    }

    /** With one record in no experiment, two duplicates (one of them with another content) and a dead letter. */
    private static Accounting accounting(long received, long counted) {
        return new Accounting(received, counted, 1, 2, 1, 1, 1, 5);
    }
}
