package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.Variable;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;

/**
 * Control and treatment, with what every comparison of the two shares.
 *
 * @param difference treatment less control where both have an estimate; of large means known better than from these
 */
record ArmPair(MeasuredArm control, MeasuredArm treatment, OptionalDouble difference) {

    static ArmPair of(ArmMoments control, ArmMoments treatment) {
        ArmPair rounded = of(MeasuredArm.of(control), MeasuredArm.of(treatment));
        boolean means = control.isOne(Variable.D) && treatment.isOne(Variable.D);
        return means
                ? new ArmPair(
                        rounded.control, rounded.treatment, OptionalDouble.of(treatment.meanMinus(control, Variable.Y)))
                : rounded;
    }

    static ArmPair of(Proportion control, Proportion treatment) {
        return of(MeasuredArm.of(control), MeasuredArm.of(treatment));
    }

    private static ArmPair of(MeasuredArm control, MeasuredArm treatment) {
        OptionalDouble difference =
                control.estimate().isPresent() && treatment.estimate().isPresent()
                        ? OptionalDouble.of(treatment.estimate().getAsDouble()
                                - control.estimate().getAsDouble())
                        : OptionalDouble.empty();
        return new ArmPair(control, treatment, difference);
    }

    /** A mean or a proportion, told apart by the field {@code successes}. */
    static ArmPair ofMeanOrProportion(Fields item) {
        return ofProportions(item)
                ? of(ArmFields.proportion(item, "control"), ArmFields.proportion(item, "treatment"))
                : of(ArmFields.mean(item, "control"), ArmFields.mean(item, "treatment"));
    }

    static boolean ofProportions(Fields item) {
        return item.fields("control").has("successes");
    }

    /** Both arms, their difference and the relative lift that takes its p-value from it. */
    ObjectNode comparison(Fields item, Computable<Effect> effect) {
        ObjectNode json = Answers.object();
        json.set("control", control.json());
        json.set("treatment", treatment.json());
        json.set("difference", Answers.effect(effect, difference));
        json.set("relative", relative(item, effect));
        return json;
    }

    private ObjectNode relative(Fields item, Computable<Effect> absolute) {
        RelativeLift method =
                new RelativeLift(item.significance(), item.choice("relative_method", RelativeLift.Method.LOG_RATIO));
        Computable<RelativeEffect> lift = absolute.flatMap(d -> both((c, t) -> method.lift(c, t, d)));
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

    OptionalDouble lift() {
        double base = Math.abs(control.estimate().orElse(0));
        return base > 0 && difference.isPresent()
                ? OptionalDouble.of(difference.getAsDouble() / base)
                : OptionalDouble.empty();
    }
}
