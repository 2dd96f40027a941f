package org.showroomlab.app.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a Flink cluster says of itself. */
public final class FlinkRest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String address;

    /** The cluster at HOST:PORT. */
    public FlinkRest(String address) {
        this.address = address;
    }

    /** Task managers and slots at this moment. */
    public record Overview(int taskManagers, int slots, int freeSlots) {}

    /** A job that is not over. */
    public record RunningJob(String id, String name, String status) {}

    /**
     * @throws ClusterFailed when no Flink answers
     */
    public Overview overview() {
        JsonNode node = get("/overview");
        return new Overview(
                node.path("taskmanagers").asInt(),
                node.path("slots-total").asInt(),
                node.path("slots-available").asInt());
    }

    /** Where the cluster keeps state unless a job says otherwise, in Flink's words. */
    public String stateBackend() {
        for (JsonNode entry : get("/jobmanager/config")) {
            if (entry.path("key").asText().equals("state.backend.type")) {
                return entry.path("value").asText();
            }
        }
        return ClusterSettings.StateBackend.HEAP.flinkName();
    }

    /** Jobs that have not finished, failed or been cancelled. */
    public List<RunningJob> jobs() {
        List<RunningJob> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            String status = job.path("state").asText();
            if (!List.of("FINISHED", "FAILED", "CANCELED").contains(status)) {
                jobs.add(new RunningJob(
                        job.path("jid").asText(), job.path("name").asText(), status));
            }
        }
        return jobs;
    }

    /** Whether every part of a job is at work. */
    public boolean isAtWork(String job) {
        JsonNode vertices = get("/jobs/" + job).path("vertices");
        for (JsonNode vertex : vertices) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    /** Why a job has failed the last time, from the outermost cause to the innermost; empty when it has not. */
    public List<String> failure(String job) {
        JsonNode newest = get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .path(0);
        return newest.path("stacktrace")
                .asText("")
                .lines()
                .filter(line -> !line.startsWith("\t") && !line.isBlank())
                .map(line -> line.replaceFirst("^Caused by: ", "")
                        .replaceFirst("^[\\w.$]+: ", "")
                        .strip())
                .toList();
    }

    /** A complete checkpoint. */
    public record Checkpoint(long id, Instant began) {}

    /** The newest complete checkpoint since the job manager started; number 0 when there is none. */
    public Checkpoint newestCheckpoint(String job) {
        JsonNode newest = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
        return new Checkpoint(
                newest.path("id").asLong(),
                Instant.ofEpochMilli(newest.path("trigger_timestamp").asLong()));
    }

    /** Asks for the end of a job, which takes a moment; one that has just ended is in conflict with that. */
    public void cancel(String job) {
        send("/jobs/" + job + "?mode=cancel", "PATCH", Set.of(ACCEPTED, CONFLICT));
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(send(path, "GET", Set.of(OK)));
        } catch (IOException e) {
            throw new ClusterFailed("Flink at " + address + " answers no JSON to " + path, e);
        }
    }

    private byte[] send(String path, String method, Set<Integer> expected) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (!expected.contains(response.statusCode())) {
                throw new ClusterFailed("Flink at " + address + " answers " + response.statusCode() + " to " + path);
            }
            return response.body();
        } catch (IOException e) {
            throw new ClusterFailed("no Flink cluster answers at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterFailed("interrupted while Flink was asked", e);
        }
    }
}
