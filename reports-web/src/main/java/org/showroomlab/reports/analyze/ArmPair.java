package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;

/** Control and treatment, with what every comparison of the two shares. */
record ArmPair(MeasuredArm control, MeasuredArm treatment) {

    static ArmPair of(ArmMoments control, ArmMoments treatment) {
        return new ArmPair(MeasuredArm.of(control), MeasuredArm.of(treatment));
    }

    static ArmPair of(Proportion control, Proportion treatment) {
        return new ArmPair(MeasuredArm.of(control), MeasuredArm.of(treatment));
    }

    /** A mean or a proportion, told apart by the field {@code successes}. */
    static ArmPair ofMeanOrProportion(Fields item) {
        return item.fields("control").has("successes")
                ? of(ArmFields.proportion(item, "control"), ArmFields.proportion(item, "treatment"))
                : of(ArmFields.mean(item, "control"), ArmFields.mean(item, "treatment"));
    }

    /** Both arms, their difference and the relative lift that takes its p-value from it. */
    ObjectNode comparison(Fields item, Computable<Effect> difference) {
        ObjectNode json = Answers.object();
        json.set("control", control.json());
        json.set("treatment", treatment.json());
        json.set("difference", Answers.effect(difference, difference()));
        json.set("relative", relative(item, difference));
        return json;
    }

    private ObjectNode relative(Fields item, Computable<Effect> difference) {
        RelativeLift method =
                new RelativeLift(item.significance(), item.choice("relative_method", RelativeLift.Method.LOG_RATIO));
        Computable<RelativeEffect> lift = difference.flatMap(d -> both((c, t) -> method.lift(c, t, d)));
        ObjectNode json = Answers.effect(lift.map(RelativeEffect::effect), lift());
        lift.value().ifPresent(l -> json.put("method", Fields.wireName(l.method())));
        lift.value().flatMap(RelativeEffect::unbounded).ifPresent(unbounded -> json.put("note", unbounded));
        return json;
    }

    /** The lift with its delta-method standard error, for those who bring their own reference distribution. */
    Computable<Effect> liftWithStdError() {
        return both((c, t) -> {
            double stdError = Math.hypot(c.stdError(), t.stdError());
            if (stdError == 0) {
                return Computable.notComputable("zero_variance", "The difference has no measurable uncertainty.");
            }
            Effect absolute = Significance.DEFAULT.normal(t.estimate() - c.estimate(), stdError);
            return RelativeLift.withDefaults().lift(c, t, absolute).map(RelativeEffect::effect);
        });
    }

    <T> Computable<T> both(BiFunction<ArmEstimate, ArmEstimate, Computable<T>> comparison) {
        return control.measured().flatMap(c -> treatment.measured().flatMap(t -> comparison.apply(c, t)));
    }

    double units() {
        return (double) control.n() + treatment.n();
    }

    OptionalDouble difference() {
        return control.estimate().isPresent() && treatment.estimate().isPresent()
                ? OptionalDouble.of(
                        treatment.estimate().getAsDouble() - control.estimate().getAsDouble())
                : OptionalDouble.empty();
    }

    OptionalDouble lift() {
        double base = Math.abs(control.estimate().orElse(0));
        return base > 0 && difference().isPresent()
                ? OptionalDouble.of(difference().getAsDouble() / base)
                : OptionalDouble.empty();
    }
}
