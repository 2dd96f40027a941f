package org.showroomlab.reports.export.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A notebook of nbformat 4.5 for a Java kernel, cell by cell; nothing has been run yet. */
final class Notebook {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** As the kernel's own installer names itself. */
    private static final String KERNEL = "rapaio-jupyter-kernel";

    private static final String KERNEL_TITLE = "Java (rjk 3.0.0)";

    private final ArrayNode cells = NODES.arrayNode();

    void text(String markdown) {
        cell("markdown", markdown);
    }

    void code(String java) {
        ObjectNode cell = cell("code", java);
        cell.putNull("execution_count");
        cell.putArray("outputs");
    }

    /** An id is the cell's place, so that the same report gives the same notebook. */
    private ObjectNode cell(String type, String content) {
        ObjectNode cell = cells.addObject().put("id", String.format(Locale.ROOT, "cell-%03d", cells.size()));
        cell.put("cell_type", type).putObject("metadata");
        ArrayNode source = cell.putArray("source");
        String[] lines = content.strip().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            source.add(i < lines.length - 1 ? lines[i] + "\n" : lines[i]);
        }
        return cell;
    }

    byte[] bytes() {
        ObjectNode json = NODES.objectNode();
        json.set("cells", cells);
        ObjectNode metadata = json.putObject("metadata");
        metadata.putObject("kernelspec")
                .put("name", KERNEL)
                .put("display_name", KERNEL_TITLE)
                .put("language", "java");
        metadata.putObject("language_info")
                .put("name", "java")
                .put("file_extension", ".jshell")
                .put("mimetype", "text/x-java-source");
        json.put("nbformat", 4).put("nbformat_minor", 5);
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
