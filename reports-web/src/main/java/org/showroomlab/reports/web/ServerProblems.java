package org.showroomlab.reports.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server says by itself of requests that never reach a route, such as an address that cannot be read. */
final class ServerProblems extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        String problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", "Bad request")
                .put("status", code)
                .put("detail", message)
                .put("instance", "/")
                .toString();
        Content.Sink.write(response, true, problem, callback);
    }
}
