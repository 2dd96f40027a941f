package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import org.showroomlab.reports.pages.IntervalMark;
import org.showroomlab.reports.pages.RelativeAxis;

/** The intervals of a table's rows on one axis, as the page draws them. */
final class IntervalDrawing {
    static final float HEIGHT = 13;
    private static final float PAGE_HEIGHT = 24;
    private static final float PAGE_EDGE = 8;

    private IntervalDrawing() {}

    static void axis(Paper paper, RelativeAxis axis, float left, float width, float y, float size) throws IOException {
        float middle = left + width / 2;
        paper.text(axis.lowLabel(), left, y, size, Shade.MUTED, false);
        paper.text("0", middle - paper.typeface().width("0", size) / 2, y, size, Shade.MUTED, false);
        paper.textUpTo(axis.highLabel(), left + width, y, size, Shade.MUTED, false);
    }

    static void mark(Paper paper, IntervalMark mark, float left, float width, float top) throws IOException {
        Coordinates at = new Coordinates(left, top, width / (float) RelativeAxis.WIDTH, HEIGHT / PAGE_HEIGHT);
        Shade shade = Shade.of(mark.direction().tone());
        float low = Float.parseFloat(mark.low());
        float high = Float.parseFloat(mark.high());
        float end = (float) RelativeAxis.WIDTH - PAGE_EDGE;
        paper.line(at.points(PAGE_EDGE, 12, end, 12), 0.4f, Shade.LINE);
        paper.line(at.points(110, 0, 110, 24), 0.7f, Shade.MUTED);
        if (mark.margin() != null) {
            float margin = Float.parseFloat(mark.margin());
            paper.line(at.points(margin, 1, margin, 23), 0.8f, Shade.WARN, 2, 1.5f);
        }
        paper.line(at.points(low, 12, high, 12), 1.3f, shade);
        end(paper, at, low, mark.lowCut() ? 1 : 0, shade);
        end(paper, at, high, mark.highCut() ? -1 : 0, shade);
        paper.area(at.points(mark.marker()), shade.rgb());
    }

    /** A cap, or an arrow where the interval goes on beyond the axis. */
    private static void end(Paper paper, Coordinates at, float x, int inward, Shade shade) throws IOException {
        if (inward == 0) {
            paper.line(at.points(x, 7, x, 17), 1, shade);
        } else {
            paper.area(at.points(x, 12, x + 9 * inward, 6, x + 9 * inward, 18), shade.rgb());
        }
    }
}
