package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.util.List;
import org.showroomlab.reports.pages.CurvePlot;
import org.showroomlab.reports.pages.DailyPlot;
import org.showroomlab.reports.pages.LinesPlot;

/** The plots of a page, drawn from the same coordinates. */
final class PlotDrawing {
    private static final float PAGE_WIDTH = 720;
    private static final float PAGE_HEIGHT = 240;
    private static final float LEFT = 84;
    private static final float RIGHT = 700;
    private static final float TOP = 12;
    private static final float BOTTOM = 206;
    private static final float TICK = 7.2f;
    private static final float CAPTION = 8.6f;

    private final Paper paper;
    private Coordinates at;

    PlotDrawing(Paper paper) {
        this.paper = paper;
        this.at = new Coordinates(0, 0, 1, 1);
    }

    void draw(DailyPlot plot) throws IOException {
        begin(
                plot.metric() + " · " + plot.variant() + " minus control, cumulative, in " + plot.unit(),
                plot.endLabel(),
                plot.yTicks());
        clip();
        paper.area(at.points(plot.band()), Shade.RUNNING.softRgb());
        paper.line(at.points(plot.line()), 1.3f, Shade.RUNNING);
        paper.unclip();
        float zero = Float.parseFloat(plot.zeroY());
        if (zero >= TOP && zero <= BOTTOM) {
            paper.line(at.points(LEFT, zero, RIGHT, zero), 0.7f, Shade.INK);
        }
        dot(plot.endX(), plot.endY());
        end(plot.xTicks());
    }

    void draw(CurvePlot plot) throws IOException {
        begin(plot.title(), plot.figure(), plot.yTicks());
        clip();
        if (!plot.band().isBlank()) {
            paper.area(at.points(plot.band()), Shade.RUNNING.softRgb());
        }
        for (CurvePlot.Line line : plot.lines()) {
            paper.line(
                    at.points(line.points()),
                    1.2f,
                    Shade.RUNNING,
                    line.kind().equals("line") ? new float[0] : new float[] {3, 2});
        }
        for (CurvePlot.Whisker arm : plot.whiskers()) {
            paper.line(new float[] {at.x(arm.x()), at.y(arm.low()), at.x(arm.x()), at.y(arm.high())}, 1, Shade.INK);
        }
        paper.unclip();
        for (CurvePlot.Whisker arm : plot.whiskers()) {
            dot(arm.x(), arm.y());
        }
        CurvePlot.Mark mark = plot.mark();
        if (mark != null) {
            paper.line(new float[] {at.x(mark.x()), at.y(TOP), at.x(mark.x()), at.y(BOTTOM)}, 0.8f, Shade.GOOD, 2, 2);
            text(mark.label(), at.x(mark.x()) + (mark.right() ? -4 : 4), at.y(24), mark.right() ? "end" : "start");
        }
        end(plot.xTicks());
    }

    void draw(LinesPlot plot) throws IOException {
        begin(plot.title(), "", plot.yTicks());
        for (LinesPlot.Line line : plot.lines()) {
            if (!line.points().isBlank()) {
                clip();
                paper.line(at.points(line.points()), 1.2f, Shade.RUNNING, dashes(line.dashes()));
                paper.unclip();
            }
        }
        for (LinesPlot.Line line : plot.lines()) {
            label(line);
        }
        for (LinesPlot.Mark mark : plot.marks()) {
            paper.line(new float[] {at.x(mark.x()), at.y(TOP), at.x(mark.x()), at.y(BOTTOM)}, 0.7f, Shade.WARN, 2, 2);
            if (!mark.label().isEmpty()) {
                text(mark.label(), at.x(mark.labelX()), at.y(mark.labelY()), mark.anchor());
            }
        }
        end(plot.xTicks());
    }

    /** On white, since it may stand where a line is. */
    private void label(LinesPlot.Line line) throws IOException {
        float width = paper.typeface().width(line.label(), TICK);
        float y = at.y(line.labelY()) + 2.5f;
        float left = line.labelLeft() ? at.x(88) : at.x(696) - width;
        paper.box(left - 1, y - 1.5f, width + 2, TICK, Shade.LINE.softRgb());
        text(line.label(), left, y, "start");
    }

    private static float[] dashes(String text) {
        String[] parts = text.strip().split("[ ,]+", -1);
        float[] dashes = new float[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9.]+")) {
                return new float[0];
            }
            dashes[i] = Float.parseFloat(parts[i]) * 0.7f;
        }
        return dashes;
    }

    private void begin(String caption, String figure, List<DailyPlot.Tick> yTicks) throws IOException {
        float scale = Paper.WIDTH / PAGE_WIDTH;
        List<String> lines = paper.typeface().lines(caption, CAPTION, Paper.WIDTH - 90);
        paper.need(PAGE_HEIGHT * scale + lines.size() * CAPTION * 1.3f + 12);
        paper.down(4);
        paper.textUpTo(figure, Paper.RIGHT, paper.y() - CAPTION, CAPTION, Shade.RUNNING, true);
        for (String line : lines) {
            paper.text(line, Paper.LEFT, paper.y() - CAPTION, CAPTION, Shade.INK, false);
            paper.down(CAPTION * 1.3f);
        }
        at = new Coordinates(Paper.LEFT, paper.y(), scale, scale);
        for (DailyPlot.Tick tick : yTicks) {
            float y = at.y(tick.at());
            paper.line(new float[] {at.x(LEFT), y, at.x(RIGHT), y}, 0.4f, Shade.LINE);
            paper.textUpTo(tick.label(), at.x(LEFT) - 5, y - TICK / 3, TICK, Shade.MUTED, false);
        }
    }

    private void end(List<DailyPlot.Tick> xTicks) throws IOException {
        for (DailyPlot.Tick tick : xTicks) {
            text(tick.label(), at.x(tick.at()), at.y(226), "middle");
        }
        paper.down(PAGE_HEIGHT * at.scaleY() + 2);
    }

    private void clip() throws IOException {
        paper.clip(at.x(LEFT), at.y(BOTTOM), (RIGHT - LEFT) * at.scaleX(), (BOTTOM - TOP) * at.scaleY());
    }

    private void dot(String x, String y) throws IOException {
        float[] circle = new float[24];
        for (int i = 0; i < 12; i++) {
            circle[2 * i] = at.x(x) + 2.4f * (float) StrictMath.cos(Math.PI * i / 6);
            circle[2 * i + 1] = at.y(y) + 2.4f * (float) StrictMath.sin(Math.PI * i / 6);
        }
        paper.area(circle, Shade.RUNNING.rgb());
    }

    private void text(String label, float x, float y, String anchor) throws IOException {
        float width = paper.typeface().width(label, TICK);
        float from = anchor.equals("end") ? x - width : anchor.equals("middle") ? x - width / 2 : x;
        paper.text(label, Math.min(from, Paper.RIGHT - width), y, TICK, Shade.MUTED, false);
    }
}
