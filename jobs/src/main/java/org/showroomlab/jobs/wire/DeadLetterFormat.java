package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.results.DeadLetterRow;

/** Origin, reason and the record's bytes. */
public final class DeadLetterFormat implements WireFormat<DeadLetterRow> {
    @Override
    public void write(DeadLetterRow row, DataOutputView out) throws IOException {
        StringValue.writeString(row.source(), out);
        StringValue.writeString(row.position(), out);
        StringValue.writeString(row.code(), out);
        StringValue.writeString(row.field(), out);
        StringValue.writeString(row.detail(), out);
        out.writeInt(row.bytes().length);
        out.write(row.bytes());
    }

    @Override
    public DeadLetterRow read(int version, DataInputView in) throws IOException {
        String source = StringValue.readString(in);
        String position = StringValue.readString(in);
        String code = StringValue.readString(in);
        String field = StringValue.readString(in);
        String detail = StringValue.readString(in);
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new DeadLetterRow(source, position, code, field, detail, bytes);
    }

    @Override
    public Class<DeadLetterRow> type() {
        return DeadLetterRow.class;
    }
}
