package org.showroomlab.reports.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DropPicturesTest {
    /** Two lines that end in the same place are told apart by their labels alone. */
    @Test
    void labelsOfLinesThatEndTogetherDoNotCoverEachOther() {
        assertThat(DropPictures.apart(new double[] {50, 120})).containsExactly(50, 120);
        assertThat(DropPictures.apart(new double[] {100, 100})).containsExactly(100, 122);
        assertThat(DropPictures.apart(new double[] {110, 100, 105})).containsExactly(144, 100, 122);
        double bottom = DailyPlot.BOTTOM;
        assertThat(DropPictures.apart(new double[] {bottom, bottom})).containsExactly(bottom - 22, bottom);
        assertThat(DropPictures.apart(new double[] {})).isEmpty();
    }
}
