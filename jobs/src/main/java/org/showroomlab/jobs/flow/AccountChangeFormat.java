package org.showroomlab.jobs.flow;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.wire.AccountingRowFormat;
import org.showroomlab.jobs.wire.WireFormat;

/** Key, and the change or how far the totals have got. */
public final class AccountChangeFormat implements WireFormat<AccountChange> {
    private final AccountingRowFormat rows = new AccountingRowFormat();

    @Override
    public void write(AccountChange change, DataOutputView out) throws IOException {
        AccountChange.Reached reached = change.reached();
        StringValue.writeString(change.key(), out);
        out.writeBoolean(reached != null);
        if (reached != null) {
            out.writeInt(reached.subtask());
            out.writeLong(reached.millis());
        } else {
            rows.write(Objects.requireNonNull(change.change()), out);
        }
    }

    @Override
    public AccountChange read(int version, DataInputView in) throws IOException {
        String key = StringValue.readString(in);
        return in.readBoolean()
                ? new AccountChange(key, null, new AccountChange.Reached(in.readInt(), in.readLong()))
                : new AccountChange(key, rows.read(version, in), null);
    }

    @Override
    public Class<AccountChange> type() {
        return AccountChange.class;
    }
}
