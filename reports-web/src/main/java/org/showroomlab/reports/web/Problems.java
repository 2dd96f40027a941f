package org.showroomlab.reports.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.showroomlab.ingest.experiment.InvalidExperiment;
import org.showroomlab.reports.analyze.InvalidRequest;
import org.showroomlab.reports.export.UnknownFormat;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.StoreFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that maps what went wrong to a status; every answer is a problem document (RFC 9457). */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void map(RoutesConfig routes) {
        routes.exception(UnknownExperiment.class, (e, ctx) -> write(ctx, 404, "Unknown experiment", text(e)));
        routes.exception(UnknownFormat.class, (e, ctx) -> write(ctx, 404, "Unknown format", text(e)));
        routes.exception(InvalidRequest.class, (e, ctx) -> write(ctx, 400, "Not a request to analyze", text(e)));
        routes.exception(MethodNotAllowedResponse.class, (e, ctx) -> {
            // What may be done here is all that the server says of it, under a name that depends on who asks.
            ctx.header("Allow", String.join(", ", e.getDetails().values()));
            write(ctx, 405, title(405), text(e));
        });
        routes.exception(
                HttpResponseException.class, (e, ctx) -> write(ctx, e.getStatus(), title(e.getStatus()), text(e)));
        routes.exception(
                InvalidExperiment.class, (e, ctx) -> write(ctx, 500, "A stored experiment is invalid", text(e)));
        routes.exception(StoreFailed.class, (e, ctx) -> failed(ctx, e, "The database could not answer"));
        // Whoever was sending has gone, or sends something else than was announced.
        routes.exception(EofException.class, (e, ctx) -> write(ctx, 400, title(400), "the body ends too early"));
        routes.exception(
                HttpException.RuntimeException.class,
                (e, ctx) -> write(ctx, e.getCode(), title(e.getCode()), String.valueOf(e.getReason())));
        routes.exception(Exception.class, (e, ctx) -> failed(ctx, e, "Something went wrong here"));
    }

    private static void failed(Context ctx, Exception e, String title) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        write(ctx, 500, title, "The details are in the log of the server.");
    }

    static void write(Context ctx, int status, String title, String detail) {
        ctx.status(status)
                .contentType("application/problem+json")
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("instance", ctx.path())
                        .toString());
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static String title(int status) {
        return switch (status) {
            case 401 -> "Login needed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 421 -> "Misdirected request";
            case 413 -> "Content too large";
            default -> status < 500 ? "Bad request" : "Something went wrong here";
        };
    }
}
