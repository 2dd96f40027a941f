package org.showroomlab.jobs.flow;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.count.IdentityLedger;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.wire.IdentityLedgerFormat;
import org.showroomlab.jobs.wire.WireType;

/** Keyed by identity: lets one delivery of each event count, and takes it back when one with precedence comes. */
final class IdentityOperator extends FlushingOperator<Observation, UnitChange> implements IdentityLedger.Consequences {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<IdentityLedger> ledgers;

    IdentityOperator(long flushMillis) {
        super(flushMillis);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ledgers = context.getKeyedStateStore()
                .getState(
                        new ValueStateDescriptor<>("identity-ledger", WireType.writtenBy(IdentityLedgerFormat.class)));
    }

    @Override
    public void processElement(StreamRecord<Observation> element) throws Exception {
        ValueState<IdentityLedger> state = java.util.Objects.requireNonNull(ledgers);
        IdentityLedger ledger = state.value();
        if (ledger == null) {
            ledger = new IdentityLedger();
        }
        ledger.deliver(element.getValue(), this);
        state.update(ledger);
    }

    @Override
    public void put(Observation observation) {
        emit(UnitChange.put(observation));
    }

    @Override
    public void takeBack(Hash128 unit, Hash128 identity) {
        emit(UnitChange.takeBack(unit, identity));
    }

    @Override
    public void account(String source, Way way, long change) {
        accounts().add(source, way, change);
    }

    @Override
    void flush() {
        // Changes are passed on at once: their order per unit matters.
    }
}
