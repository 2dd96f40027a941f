package org.showroomlab.app.calibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.ingest.simulate.Simulation;

/**
 * A simulated world whose people, places, orders and experiments carry its label in their names, so that many worlds
 * stand in one set of files and one run of the job counts them all.
 */
record LabelledWorld(String label, Simulation simulation) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] LINE_END = {'\n'};
    private static final List<String> NAMES =
            List.of("id", "visitor", "order", "showroom", "cache", "served_by", "sku");

    String experimentId(String id) {
        return label + "-" + id;
    }

    /** The world's experiments under their labelled ids. */
    List<LoadedExperiment> experiments() {
        List<LoadedExperiment> experiments = new ArrayList<>();
        simulation
                .experimentFiles()
                .forEach((name, yaml) -> experiments.add(ExperimentFiles.parse(
                        label + "-" + name, yaml.replaceFirst("(?m)^id: ", "id: " + label + "-"))));
        return experiments;
    }

    /** The true effects, by the unlabelled ids of the experiments. */
    JsonNode truth() {
        try {
            return MAPPER.readTree(simulation.truthJson());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes every record to the file of its topic. */
    void writeTo(Map<EventType, OutputStream> files) throws IOException {
        Iterator<Delivery> deliveries = simulation.deliveries();
        while (deliveries.hasNext()) {
            Delivery delivery = deliveries.next();
            OutputStream file = files.get(delivery.topic());
            if (file != null) {
                file.write(labelled(delivery.value()));
                file.write(LINE_END);
            }
        }
    }

    /** A record that is broken stays as it is: it becomes a dead letter of all worlds. */
    private byte[] labelled(byte[] value) throws IOException {
        try {
            return MAPPER.readTree(value) instanceof ObjectNode json ? MAPPER.writeValueAsBytes(labelled(json)) : value;
        } catch (JsonProcessingException e) {
            return value;
        }
    }

    private ObjectNode labelled(ObjectNode json) {
        for (String name : NAMES) {
            if (json.path(name).isTextual()) {
                json.put(name, label + "-" + json.get(name).textValue());
            }
        }
        if (json.get("exposures") instanceof ObjectNode exposures) {
            ObjectNode renamed = MAPPER.createObjectNode();
            exposures.properties().forEach(e -> renamed.set(experimentId(e.getKey()), e.getValue()));
            json.set("exposures", renamed);
        }
        return json;
    }
}
