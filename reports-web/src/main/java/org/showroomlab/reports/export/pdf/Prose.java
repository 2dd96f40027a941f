package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.util.List;

/** Headings and paragraphs down a paper. */
final class Prose {
    private static final float LEADING = 1.34f;
    private static final float BODY = 9.5f;
    private static final float NOTE = 8.2f;

    private final Paper paper;

    Prose(Paper paper) {
        this.paper = paper;
    }

    /** A heading, kept with some of what follows it. */
    void heading(String text) throws IOException {
        paper.need(90);
        paper.down(12);
        write(text, Paper.LEFT, Paper.WIDTH, 13, Shade.INK, true);
        paper.down(4);
    }

    void title(String text) throws IOException {
        write(text, Paper.LEFT, Paper.WIDTH, 21, Shade.INK, true);
        paper.down(2);
    }

    void body(String text) throws IOException {
        write(text, Paper.LEFT, Paper.WIDTH, BODY, Shade.INK, false);
        paper.down(3);
    }

    void note(String text) throws IOException {
        if (!text.isEmpty()) {
            write(text, Paper.LEFT, Paper.WIDTH, NOTE, Shade.MUTED, false);
            paper.down(3);
        }
    }

    /** What the table below it shows, kept with its first rows. */
    void caption(String text) throws IOException {
        paper.need(80);
        paper.down(4);
        note(text);
    }

    void item(String text, Shade shade) throws IOException {
        paper.need(BODY * LEADING);
        paper.text("•", Paper.LEFT + 2, paper.y() - BODY, BODY, shade, false);
        write(text, Paper.LEFT + 12, Paper.WIDTH - 12, BODY, shade, false);
        paper.down(2);
    }

    /** A coloured box with what is decided, and why it is in one sentence. */
    void banner(String label, String sentence, Shade shade) throws IOException {
        float size = 15;
        float inside = Paper.WIDTH - 24;
        List<String> lines = paper.typeface().lines(sentence, 10.5f, inside);
        float height = 18 + size * LEADING + lines.size() * 10.5f * LEADING;
        paper.need(height + 12);
        paper.down(6);
        paper.box(Paper.LEFT, paper.y() - height, Paper.WIDTH, height, shade.softRgb());
        paper.box(Paper.LEFT, paper.y() - height, 4, height, shade.rgb());
        paper.down(9);
        write(label, Paper.LEFT + 14, inside, size, shade, true);
        for (String line : lines) {
            write(line, Paper.LEFT + 14, inside + 10, 10.5f, Shade.INK, false);
        }
        paper.down(15);
    }

    private void write(String text, float x, float width, float size, Shade shade, boolean bold) throws IOException {
        for (String line : paper.typeface().lines(text, size, width)) {
            paper.need(size * LEADING);
            paper.text(line, x, paper.y() - size, size, shade, bold);
            paper.down(size * LEADING);
        }
    }
}
