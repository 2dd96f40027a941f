package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.IdentityLedger;
import org.showroomlab.jobs.count.IdentityLedger.Winner;

/** The winner, then its copies by source. */
public final class IdentityLedgerFormat implements WireFormat<IdentityLedger> {
    private final Hash128Format hashes = new Hash128Format();

    @Override
    public void write(IdentityLedger ledger, DataOutputView out) throws IOException {
        // A ledger is stored only after its first delivery.
        Winner winner = Objects.requireNonNull(ledger.winner());
        out.writeLong(winner.timestampMillis());
        out.writeLong(winner.contentHash());
        Names.write(winner.source(), out);
        hashes.write(winner.unit(), out);
        out.writeBoolean(winner.relevant());
        out.writeInt(winner.unknownExposures());
        out.writeInt(ledger.copies().size());
        for (Map.Entry<String, Long> copy : ledger.copies().entrySet()) {
            Names.write(copy.getKey(), out);
            out.writeLong(copy.getValue());
        }
    }

    @Override
    public IdentityLedger read(int version, DataInputView in) throws IOException {
        Winner winner = new Winner(
                in.readLong(), in.readLong(), Names.read(in), hashes.read(version, in), in.readBoolean(), in.readInt());
        int size = in.readInt();
        Map<String, Long> copies = new HashMap<>();
        for (int i = 0; i < size; i++) {
            copies.put(Names.read(in), in.readLong());
        }
        return new IdentityLedger(winner, copies);
    }

    @Override
    public IdentityLedger copy(IdentityLedger ledger) {
        return ledger.copy();
    }

    @Override
    public Class<IdentityLedger> type() {
        return IdentityLedger.class;
    }
}
