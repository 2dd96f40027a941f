package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The one font, embedded with the glyphs that are used; it comes with the library, so that no machine needs it. */
final class Typeface {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final int NARROW_SPACE = 0x202f;
    private static final String NO_BREAK_SPACE = "\u00a0";

    private final PDFont font;
    private final CmapLookup glyphs;

    private Typeface(PDFont font, CmapLookup glyphs) {
        this.font = font;
        this.glyphs = glyphs;
    }

    static Typeface in(PDDocument document) throws IOException {
        try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
            if (in == null) {
                throw new IllegalStateException(FONT + " is not on the class path");
            }
            TrueTypeFont ttf = new TTFParser().parse(new RandomAccessReadBuffer(in));
            return new Typeface(PDType0Font.load(document, ttf, true), ttf.getUnicodeCmapLookup());
        }
    }

    PDFont font() {
        return font;
    }

    /** The text with what the font cannot show replaced: a report is printed whatever its name is written in. */
    String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (glyphs.getGlyphId(c) != 0 && !Character.isISOControl(c)) {
                shown.appendCodePoint(c);
            } else if (c == NARROW_SPACE) {
                shown.append(NO_BREAK_SPACE);
            } else {
                shown.append(Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : '?');
            }
        });
        return shown.toString();
    }

    float width(String text, float size) throws IOException {
        return font.getStringWidth(printable(text)) * size / 1000;
    }

    /** The text in lines of at most that width, broken at spaces, and words longer than a line at their hyphens. */
    List<String> lines(String text, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split("[ \\n]+", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer, size) <= width) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (width(line, size) > width && line.length() > 1) {
                int fits = fitting(line, size, width);
                lines.add(line.substring(0, fits));
                line = line.substring(fits);
            }
        }
        lines.add(line);
        return lines;
    }

    private int fitting(String word, float size, float width) throws IOException {
        int fits = 1;
        while (fits < word.length() && width(word.substring(0, fits + 1), size) <= width) {
            fits++;
        }
        int joint = Math.max(word.lastIndexOf('-', fits - 1), word.lastIndexOf('/', fits - 1));
        if (joint > 0) {
            return joint + 1;
        }
        return Character.isHighSurrogate(word.charAt(fits - 1)) ? fits + 1 : fits;
    }
}
