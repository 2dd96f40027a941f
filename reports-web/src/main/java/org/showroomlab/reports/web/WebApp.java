package org.showroomlab.reports.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.util.JavalinBindException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.LookSchedule;
import org.showroomlab.reports.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web application over one store; it updates open pages whenever the store changes. */
public final class WebApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebApp.class);

    /** Raw values and cluster arrays of an analysis may be long. */
    private static final long MAX_REQUEST_BYTES = 32L << 20;

    private static final int MISDIRECTED = 421;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-store");

    private final ListenAddress address;
    private final LiveStream live;
    private final LatestReadings readings;
    private final LookKeeper looks;
    private final Javalin server;

    private WebApp(ListenAddress address, LiveStream live, LatestReadings readings, LookKeeper looks, Javalin server) {
        this.address = address;
        this.live = live;
        this.readings = readings;
        this.looks = looks;
        this.server = server;
    }

    /**
     * Starts with the tokens of the environment, which a loopback address does not need.
     *
     * @throws ListenRefused when the address is taken, unknown, or reachable from outside without tokens
     */
    public static WebApp start(Store store, ListenAddress address) {
        return start(store, address, LookSchedule.DEFAULT, null);
    }

    /** The same with another schedule of looks, and a prior for the scorecard of a young programme. */
    public static WebApp start(
            Store store, ListenAddress address, LookSchedule schedule, @Nullable DeclaredPrior prior) {
        return start(store, address, AccessTokens.fromEnvironment(), schedule, prior);
    }

    /** Starts with these tokens. */
    public static WebApp start(Store store, ListenAddress address, AccessTokens tokens) {
        return start(store, address, tokens, LookSchedule.DEFAULT, null);
    }

    private static WebApp start(
            Store store,
            ListenAddress address,
            AccessTokens tokens,
            LookSchedule schedule,
            @Nullable DeclaredPrior prior) {
        boolean open = address.isLoopback();
        if (!open && tokens.isOpen()) {
            throw new ListenRefused(address + " can be reached from other machines, so it needs tokens: set "
                    + AccessTokens.VARIABLE + " to one or more, separated by commas, each of at least "
                    + AccessTokens.SHORTEST + " characters");
        }
        LiveStream live = new LiveStream(store);
        LatestReadings readings = new LatestReadings(store, prior, live::publishChange);
        Javalin server =
                Javalin.create(config -> configure(config, new Routes(store, readings, live), address, tokens));
        try {
            server.start(address.host(), address.port());
        } catch (JavalinBindException e) {
            live.close();
            readings.close();
            throw new ListenRefused(address + " is taken or not an address of this machine; choose another", e);
        }
        LookKeeper looks = new LookKeeper(store, schedule);
        store.onChange(looks::changed);
        store.onChange(live::publishChange);
        return new WebApp(address, live, readings, looks, server);
    }

    private static void configure(JavalinConfig config, Routes routes, ListenAddress address, AccessTokens tokens) {
        boolean open = address.isLoopback();
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = MAX_REQUEST_BYTES;
        config.jetty.modifyServer(server -> server.setErrorHandler(new ServerProblems()));
        config.routes.before(ctx -> HEADERS.forEach(ctx::header));
        config.routes.before(ctx -> {
            if (open) {
                requireOwnName(ctx, address);
            } else {
                requireToken(ctx, tokens);
            }
        });
        routes.declare(config.routes);
        Problems.map(config.routes);
    }

    /** Any page that is open in a browser here may call this address by a name of its own, and read the answers. */
    private static void requireOwnName(Context ctx, ListenAddress address) {
        String host = ctx.header("Host");
        if (host != null && !address.isMeantBy(host)) {
            throw new HttpResponseException(
                    MISDIRECTED,
                    "this address answers to localhost and loopback addresses alone, not to the name that was asked");
        }
    }

    private static void requireToken(Context ctx, AccessTokens tokens) {
        if (!tokens.accepts(ctx.header("Authorization"))) {
            // Each in a line of its own: Chromium takes neither of two in one when the second has no parameter.
            ctx.res().addHeader("WWW-Authenticate", "Basic realm=\"Showroom Lab\"");
            ctx.res().addHeader("WWW-Authenticate", "Bearer");
            throw new UnauthorizedResponse("this address needs a token");
        }
    }

    /** Makes the first reading of the list: who asks for it then need not wait for what a start makes slow. */
    public void prepare() {
        try {
            readings.summary();
        } catch (RuntimeException e) {
            LOG.warn("the list of experiments cannot be made; its page says why", e);
        }
    }

    /** Where it listens, with the port that was found when any would do. */
    public ListenAddress address() {
        return new ListenAddress(address.host(), server.port());
    }

    /** Tells open pages that something changed; returns at once. */
    public void publishChange() {
        live.publishChange();
    }

    @Override
    public void close() {
        live.close();
        server.stop();
        readings.close();
        looks.close();
    }
}
