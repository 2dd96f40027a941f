package org.showroomlab.stats;

import java.util.Optional;
import java.util.function.Function;

/**
 * A result that is either a value or the reason why the data cannot give one. It is the only way in which this library
 * says "not computable": no result is ever NaN.
 *
 * @param <T> what is computed
 */
public sealed interface Computable<T> {

    /** The result. */
    record Value<T>(T content) implements Computable<T> {}

    /**
     * The reason for there being no result.
     *
     * @param reasonCode a stable code in snake case, for programs
     * @param reasonText one sentence with the numbers in it, for people
     */
    record NotComputable<T>(String reasonCode, String reasonText) implements Computable<T> {
        public NotComputable {
            if (reasonCode.isBlank() || reasonText.isBlank()) {
                throw new IllegalArgumentException("a reason needs a code and a text");
            }
        }

        private <R> NotComputable<R> retyped() {
            return new NotComputable<>(reasonCode, reasonText);
        }
    }

    /** A value that could be computed. */
    static <T> Computable<T> of(T value) {
        return new Value<>(value);
    }

    /** A refusal with its code (snake case) and its sentence. */
    static <T> Computable<T> notComputable(String code, String reason) {
        return new NotComputable<>(code, reason);
    }

    /** The value, transformed; a refusal stays what it is. */
    default <R> Computable<R> map(Function<? super T, ? extends R> transform) {
        return flatMap(value -> of(transform.apply(value)));
    }

    /** The value put through a computation that may itself refuse. */
    default <R> Computable<R> flatMap(Function<? super T, Computable<R>> transform) {
        if (this instanceof Value<T> value) {
            return transform.apply(value.content());
        }
        return ((NotComputable<T>) this).retyped();
    }

    /** The value, or empty when it is not computable. */
    default Optional<T> value() {
        return this instanceof Value<T> value ? Optional.of(value.content()) : Optional.empty();
    }

    /** The sentence that says why there is no value, or empty when there is one. */
    default Optional<String> reason() {
        return this instanceof NotComputable<T> refusal ? Optional.of(refusal.reasonText()) : Optional.empty();
    }

    /** The code of the refusal, or empty when there is a value. */
    default Optional<String> code() {
        return this instanceof NotComputable<T> refusal ? Optional.of(refusal.reasonCode()) : Optional.empty();
    }

    /** The value, or an {@link IllegalStateException} that carries the reason. */
    default T orElseThrow() {
        return value().orElseThrow(
                        () -> new IllegalStateException(code().orElseThrow() + ": " + reason().orElseThrow()));
    }
}
