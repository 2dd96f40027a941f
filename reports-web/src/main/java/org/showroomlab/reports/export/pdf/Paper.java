package org.showroomlab.reports.export.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.jspecify.annotations.Nullable;

/** A4 pages that are written from top to bottom. Lengths are points; y grows upwards from the bottom edge. */
final class Paper implements AutoCloseable {
    static final float LEFT = 46;
    static final float RIGHT = PDRectangle.A4.getWidth() - 46;
    static final float WIDTH = RIGHT - LEFT;
    private static final float TOP = PDRectangle.A4.getHeight() - 46;
    private static final float BOTTOM = 56;
    private static final float FOOT = 32;
    private static final float FOOT_SIZE = 7.5f;

    private final PDDocument document = new PDDocument();
    private final Typeface typeface;
    private PDPageContentStream ink;
    private float y = TOP;

    /** @param asOf when the file says that it was made */
    Paper(String title, Instant asOf) throws IOException {
        typeface = Typeface.in(document);
        GregorianCalendar moment = GregorianCalendar.from(asOf.atZone(ZoneOffset.UTC));
        document.getDocumentInformation().setTitle(title);
        document.getDocumentInformation().setCreator("Showroom Lab");
        document.getDocumentInformation().setCreationDate(moment);
        // Instead of the clock, of which the file's identity is otherwise made.
        document.setDocumentId(asOf.toEpochMilli());
        document.getDocumentCatalog().setLanguage("en");
        ink = page();
    }

    private PDPageContentStream page() throws IOException {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        return new PDPageContentStream(document, page);
    }

    Typeface typeface() {
        return typeface;
    }

    /** Where the next thing goes. */
    float y() {
        return y;
    }

    void down(float height) {
        y -= height;
    }

    /** Begins another page when this one has less room than that; true when it did. */
    boolean need(float height) throws IOException {
        if (y - height >= BOTTOM || y == TOP) {
            return false;
        }
        ink.close();
        ink = page();
        y = TOP;
        return true;
    }

    void text(String text, float x, float baseline, float size, Shade shade, boolean bold) throws IOException {
        ink.beginText();
        ink.setFont(typeface.font(), size);
        color(shade.rgb());
        // The library has no bold cut of its font; a thin outline makes one.
        ink.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        ink.setLineWidth(size * 0.035f);
        ink.newLineAtOffset(x, baseline);
        ink.showText(typeface.printable(text));
        ink.endText();
    }

    void textUpTo(String text, float right, float baseline, float size, Shade shade, boolean bold) throws IOException {
        text(text, right - typeface.width(text, size), baseline, size, shade, bold);
    }

    void box(float x, float bottom, float width, float height, float[] rgb) throws IOException {
        color(rgb);
        ink.addRect(x, bottom, width, height);
        ink.fill();
    }

    /** A line through these points, x and y in turn. */
    void line(float[] xy, float width, Shade shade, float... dashes) throws IOException {
        ink.saveGraphicsState();
        color(shade.rgb());
        ink.setLineWidth(width);
        ink.setLineDashPattern(dashes, 0);
        path(xy);
        ink.stroke();
        ink.restoreGraphicsState();
    }

    void area(float[] xy, float[] rgb) throws IOException {
        color(rgb);
        path(xy);
        ink.closePath();
        ink.fill();
    }

    /** What is drawn until {@link #unclip} shows only inside of this. */
    void clip(float x, float bottom, float width, float height) throws IOException {
        ink.saveGraphicsState();
        ink.addRect(x, bottom, width, height);
        ink.clip();
    }

    void unclip() throws IOException {
        ink.restoreGraphicsState();
    }

    private void path(float[] xy) throws IOException {
        ink.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            ink.lineTo(xy[i], xy[i + 1]);
        }
    }

    private void color(float[] rgb) throws IOException {
        ink.setNonStrokingColor(rgb[0], rgb[1], rgb[2]);
        ink.setStrokingColor(rgb[0], rgb[1], rgb[2]);
    }

    /** The bytes, every page with this line and its number at its foot. */
    byte[] finish(String foot) throws IOException {
        ink.close();
        int pages = document.getNumberOfPages();
        List<String> lines = typeface.lines(foot, FOOT_SIZE, WIDTH - 70);
        for (int i = 0; i < pages; i++) {
            ink = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true);
            text(lines.get(0), LEFT, FOOT, FOOT_SIZE, Shade.MUTED, false);
            textUpTo("page " + (i + 1) + " of " + pages, RIGHT, FOOT, FOOT_SIZE, Shade.MUTED, false);
            ink.close();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    static Instant orEpoch(@Nullable Instant asOf) {
        return asOf == null ? Instant.EPOCH : asOf;
    }
}
