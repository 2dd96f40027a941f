package org.showroomlab.jobs.flow;

import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.observe.Observer;
import org.showroomlab.jobs.observe.RawRecord;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.wire.DeadLetterFormat;
import org.showroomlab.jobs.wire.WireType;

/** Records to observations; what is not a valid event goes aside with its reason. */
final class DecodeOperator extends FlushingOperator<RawRecord, Observation> {
    private static final long serialVersionUID = 1L;

    static final OutputTag<DeadLetterRow> DEAD_LETTERS =
            new OutputTag<>("dead-letters", WireType.writtenBy(DeadLetterFormat.class));

    private final LoadedPlan experiments;
    private final long asOfMillis;
    private transient Observer observer = new Observer(new CountingPlan(List.of()));

    /** Leaves out events at or after the given instant, as if they had never been delivered. */
    DecodeOperator(LoadedPlan experiments, long asOfMillis, long flushMillis) {
        super(flushMillis);
        this.experiments = experiments;
        this.asOfMillis = asOfMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        observer = new Observer(experiments.plan());
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) {
        RawRecord raw = element.getValue();
        Decoded decoded = EventCodec.decode(raw.bytes());
        if (decoded instanceof Decoded.Accepted accepted) {
            accept(raw, accepted.event());
        } else if (decoded instanceof Decoded.Refused refused) {
            setAside(raw, refused.refusal());
        }
    }

    private void accept(RawRecord raw, Event event) {
        long timestampMillis = event.header().timestampMillis();
        if (timestampMillis >= asOfMillis) {
            return;
        }
        try {
            Observation observation = observer.observe(event, raw.source(), raw.bytes());
            accounts().received(raw.source(), timestampMillis);
            emit(observation);
        } catch (Observer.Unreadable e) {
            setAside(raw, e.refusal());
        }
    }

    private void setAside(RawRecord raw, Refusal refusal) {
        accounts().add(raw.source(), Way.RECEIVED, 1);
        accounts().add(raw.source(), Way.DEAD_LETTERED, 1);
        DeadLetterRow letter = new DeadLetterRow(
                raw.source(),
                raw.position(),
                refusal.code().wireName(),
                refusal.field(),
                refusal.detail(),
                raw.bytes());
        output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    }

    @Override
    void flush() {
        // Observations are not combined.
    }
}
