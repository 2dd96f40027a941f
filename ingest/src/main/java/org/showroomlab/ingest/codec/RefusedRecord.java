package org.showroomlab.ingest.codec;

import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Refusal.Code;

/** Carries a refusal out of the depths of the decoder; never leaves this package. */
final class RefusedRecord extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedRecord(Code code, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.refusal = new Refusal(code, field, detail);
    }

    Refusal refusal() {
        return refusal;
    }
}
