package org.showroomlab.jobs.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one flat object straight to bytes: a job says hundreds of thousands of rows, and a tree of each costs more. */
final class RowJson {
    private final ByteArrayBuilder bytes = new ByteArrayBuilder(512);
    private final JsonGenerator json;

    RowJson(ObjectMapper mapper) {
        try {
            json = mapper.createGenerator(bytes);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Value {
        void write() throws IOException;
    }

    private RowJson field(String name, Value value) {
        try {
            json.writeFieldName(name);
            value.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    RowJson put(String name, @Nullable String value) {
        return field(name, () -> json.writeString(value));
    }

    RowJson put(String name, long value) {
        return field(name, () -> json.writeNumber(value));
    }

    RowJson put(String name, BigInteger value) {
        return field(name, () -> json.writeNumber(value));
    }

    RowJson put(String name, byte[] value) {
        return field(name, () -> json.writeBinary(value));
    }

    RowJson put(String name, List<? extends Number> values) {
        return field(name, () -> {
            json.writeStartArray();
            for (Number value : values) {
                if (value instanceof BigInteger wide) {
                    json.writeNumber(wide);
                } else {
                    json.writeNumber(value.longValue());
                }
            }
            json.writeEndArray();
        });
    }

    RowJson putExperiments(String name, List<CountedExperiment> experiments) {
        return field(name, () -> {
            json.writeStartArray();
            for (CountedExperiment experiment : experiments) {
                json.writeStartObject();
                json.writeStringField("id", experiment.id());
                json.writeStringField("file", experiment.file());
                json.writeStringField("definition", experiment.definition());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    byte[] bytes() {
        try {
            json.writeEndObject();
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
