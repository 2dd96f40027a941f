package org.showroomlab.reports.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.showroomlab.reports.calibration.CalibrationTable;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;

/** Renders pages; the templates are compiled into the program. */
public final class Pages {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), "org.showroomlab.reports.pages.templates");
    private static final String STYLE = "<style>" + resource("style.css") + "</style>";

    private Pages() {}

    /** One report; live pages update themselves and link to the others. */
    public static byte[] report(Report report, Mode mode) {
        return render("report.jte", "page", ReportPage.of(report), mode);
    }

    /** The list of experiments. */
    public static byte[] list(Summary summary, Mode mode) {
        return render("list.jte", "page", SummaryPage.of(summary), mode);
    }

    /** The programme's summary, made to be printed. */
    public static byte[] summary(Summary summary, Mode mode) {
        return render("summary.jte", "page", SummaryPage.of(summary), mode);
    }

    /** How often each method is wrong. */
    public static byte[] calibration(CalibrationTable methods, CalibrationTable endToEnd, Mode mode) {
        return render("calibration.jte", "page", new CalibrationPage(methods, endToEnd), mode);
    }

    /** The script that keeps live pages up to date. */
    public static String liveScript() {
        return resource("live.js");
    }

    private static byte[] render(String template, String name, Object page, Mode mode) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        ENGINE.render(template, Map.of(name, page, "style", STYLE, "live", mode == Mode.LIVE), output);
        return output.toByteArray();
    }

    private static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a page is read. */
    public enum Mode {
        /** From the web application. */
        LIVE,
        /** From a file of its own. */
        FILE
    }
}
