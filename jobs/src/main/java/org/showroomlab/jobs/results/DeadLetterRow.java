package org.showroomlab.jobs.results;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that was set aside, with all that is needed to mend and replay it.
 *
 * @param source a topic or a file
 * @param position line of the file from 1, or {@code partition/offset}
 * @param code machine-readable reason
 * @param field the field at fault, when it is one
 * @param detail one sentence for a person
 * @param bytes the record as it came
 */
public record DeadLetterRow(
        String source,
        String position,
        String code,
        @Nullable String field,
        String detail,
        byte[] bytes) implements ResultRow {

    @Override
    public String rowKey() {
        return RowKey.of("d", source, position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetterRow that
                && rowKey().equals(that.rowKey())
                && code.equals(that.code)
                && Objects.equals(field, that.field)
                && detail.equals(that.detail)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return rowKey().hashCode();
    }
}
