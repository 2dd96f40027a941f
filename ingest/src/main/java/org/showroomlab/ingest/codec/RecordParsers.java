package org.showroomlab.ingest.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** JSON parsers of records. A record's length alone bounds how deep and how long what stands in it can be. */
public final class RecordParsers {
    /** What closes a level takes a byte as well. */
    private static final int MAX_DEPTH = EventCodec.MAX_RECORD_BYTES / 2;

    /**
     * A factory keeps thousands of names for the next record. Those of a long record could be as long as it is, and fill the
     * memory: they are forgotten with a factory of the record's own.
     */
    private static final int MAX_REMEMBERED_BYTES = 50_000;

    private static final JsonFactory SHORT_RECORDS = factory();

    private RecordParsers() {}

    /** A parser of these bytes, to which a name may stand twice in an object. */
    public static JsonParser lenient(byte[] record) throws IOException {
        JsonFactory json = record.length > MAX_REMEMBERED_BYTES ? factory() : SHORT_RECORDS;
        return json.createParser(record);
    }

    /** A parser of these bytes that fails at the second of two names, and where half of a surrogate pair stands alone. */
    static JsonParser strict(byte[] record) throws IOException {
        return new UnicodeParser(lenient(record).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(EventCodec.MAX_RECORD_BYTES)
                        .maxNameLength(EventCodec.MAX_RECORD_BYTES)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // Interned names outlive the factory.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                // It would make valid records malformed, and depend on the records before.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }
}
