package org.showroomlab.reports.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.showroomlab.reports.analyze.Analyze;
import org.showroomlab.reports.calibration.CalibrationTable;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.pages.Pages;
import org.showroomlab.reports.store.Interruption;
import org.showroomlab.reports.store.Store;

/** What each address answers. */
final class Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final LiveStream live;
    private final LatestReadings readings;

    Routes(Store store, LatestReadings readings, LiveStream live) {
        this.store = store;
        this.live = live;
        this.readings = readings;
    }

    void declare(RoutesConfig routes) {
        routes.before("/api/v1/*", Routes::refuseParameters);
        read(routes, "/", this::list);
        read(routes, "/experiments/{file}", this::experiment);
        read(routes, "/summary", this::summaryPage);
        read(routes, "/summary.{format}", this::summaryFile);
        read(
                routes,
                "/calibration",
                ctx -> html(
                        ctx,
                        Pages.calibration(
                                CalibrationTable.published(), CalibrationTable.publishedEndToEnd(), Pages.Mode.LIVE)));
        read(routes, "/api/v1/experiments", this::summaryJson);
        read(routes, "/api/v1/experiments/{id}", this::experimentJson);
        read(routes, "/api/v1/summary", this::summaryJson);
        routes.post("/api/v1/analyze", this::analyze);
        routes.get("/api/v1/live", live::stream);
        routes.head("/api/v1/live", ctx -> ctx.contentType(LiveStream.CONTENT_TYPE));
        read(
                routes,
                "/api/openapi.json",
                ctx -> ctx.contentType("application/json").result(resource("openapi.json")));
        read(
                routes,
                "/assets/live.js",
                ctx -> ctx.contentType("text/javascript; charset=utf-8").result(Pages.liveScript()));
        read(routes, "/health", this::health);
        read(routes, "/metrics", this::metrics);
    }

    /** HEAD asks what GET would: by itself the server answers it with 200 wherever there is a route. */
    private static void read(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    /** Whoever sends one expects it to do something, and an answer that ignores it would look as if it had. */
    private static void refuseParameters(Context ctx) {
        String query = ctx.queryString();
        if (query != null && !query.isEmpty()) {
            throw new BadRequestResponse(
                    "unknown parameter " + query.split("[=&]", 2)[0] + "; this address takes none");
        }
    }

    private void list(Context ctx) {
        html(ctx, Pages.list(readings.summary(), Pages.Mode.LIVE));
    }

    private void summaryPage(Context ctx) {
        html(ctx, Pages.summary(readings.summary(), Pages.Mode.LIVE));
    }

    /** An id has no dot, so that what follows one is the format of a file. */
    private void experiment(Context ctx) {
        String file = ctx.pathParam("file");
        int dot = file.lastIndexOf('.');
        if (dot < 0) {
            html(ctx, Pages.report(readings.report(file), Pages.Mode.LIVE));
        } else {
            Format format = Format.named(file.substring(dot + 1));
            refuseParameters(ctx);
            send(ctx, format, file, Reports.render(readings.report(file.substring(0, dot)), format));
        }
    }

    private void experimentJson(Context ctx) {
        send(ctx, Format.JSON, Reports.render(readings.report(ctx.pathParam("id")), Format.JSON));
    }

    private void summaryJson(Context ctx) {
        send(ctx, Format.JSON, Reports.render(readings.summary(), Format.JSON));
    }

    private void summaryFile(Context ctx) {
        Format format = Format.named(ctx.pathParam("format"));
        refuseParameters(ctx);
        send(ctx, format, "summary." + format.extension(), Reports.render(readings.summary(), format));
    }

    private void analyze(Context ctx) {
        send(ctx, Format.JSON, Analyze.respond(ctx.bodyAsBytes()));
    }

    private void health(Context ctx) {
        int experiments = store.read(reader -> reader.experimentIds().size());
        ObjectNode health = JSON.createObjectNode();
        Optional<Interruption> interruption = store.interruption();
        health.put("status", interruption.isPresent() ? "interrupted" : "ok");
        health.put("experiments", experiments);
        ArrayNode beingCounted = health.putArray("being_counted");
        store.restating().stream().sorted().forEach(beingCounted::add);
        // The reports are there all the same, so this is no error of the server.
        interruption.ifPresent(results -> health.putObject("results")
                .put("interrupted_since", results.since().toString())
                .put("reason", results.reason()));
        ctx.contentType("application/json").result(health.toString());
    }

    private void metrics(Context ctx) {
        ctx.contentType(MetricsText.CONTENT_TYPE).result(MetricsText.of(store, live.size()));
    }

    private static void html(Context ctx, byte[] page) {
        ctx.contentType(Format.HTML.contentType()).result(page);
    }

    /** An id is plain enough for a file's name as it is. */
    private static void send(Context ctx, Format format, String file, byte[] bytes) {
        if (format.isDownload()) {
            ctx.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
        }
        send(ctx, format, bytes);
    }

    private static void send(Context ctx, Format format, byte[] bytes) {
        ctx.contentType(format.contentType()).result(bytes);
    }

    private static String resource(String name) {
        try (InputStream in = Routes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
