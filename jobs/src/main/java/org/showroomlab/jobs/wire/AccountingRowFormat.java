package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.results.AccountingRow;

/** The source and nine numbers. */
public final class AccountingRowFormat implements WireFormat<AccountingRow> {
    @Override
    public void write(AccountingRow row, DataOutputView out) throws IOException {
        StringValue.writeString(row.source(), out);
        out.writeLong(row.received());
        out.writeLong(row.counted());
        out.writeLong(row.inNoExperiment());
        out.writeLong(row.duplicates());
        out.writeLong(row.conflictingDuplicates());
        out.writeLong(row.deadLettered());
        out.writeLong(row.late());
        out.writeLong(row.unknownExposures());
        out.writeLong(row.newestMillis());
    }

    @Override
    public AccountingRow read(int version, DataInputView in) throws IOException {
        return new AccountingRow(
                StringValue.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public Class<AccountingRow> type() {
        return AccountingRow.class;
    }
}
