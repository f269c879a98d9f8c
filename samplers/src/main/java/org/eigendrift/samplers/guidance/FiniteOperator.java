package org.eigendrift.samplers.guidance;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;

/**
 * An operator of the data's columns whose numbers that are not finite end here, named as what gave them.
 *
 * @param name name for messages
 * @param operator the operator
 * @param undefined what is thrown where it has no value, with the message
 * @param away what is thrown where samples that ran away come to it, with where they are
 */
record FiniteOperator(
        String name,
        Operator operator,
        Function<String, RuntimeException> undefined,
        Function<String, RuntimeException> away)
        implements Operator {

    /** An operator that was chosen: one without a value is at fault itself, and samples that ran away are the sampler's. */
    static FiniteOperator of(String option, Chosen<List<Column>, ?> chosen, Operator operator) {
        String name = blamed(option, chosen);
        return new FiniteOperator(
                name,
                operator,
                NumericalException::new,
                at -> new NumericalException(
                        "samples ran away to " + at + ", where " + name
                                + " was asked of them; use another sampler or other steps, a frame that whitens, or a larger noise"));
    }

    /** What a user asks for, in words of its own or by a plugin: it has to have a value wherever the law has samples. */
    static FiniteOperator asked(String option, Chosen<List<Column>, ?> chosen, Operator operator) {
        boolean foreign = Origin.isForeign(chosen.provider());
        String name = foreign ? blamed(option, chosen) : option + " '" + chosen.name() + "'";
        return asked(name, operator, foreign ? NumericalException::new : InputException::new);
    }

    /** Samples that ran away are no fault of what is asked about them, other than that it grows faster than the law falls. */
    static FiniteOperator asked(String name, Operator operator, Function<String, RuntimeException> undefined) {
        return new FiniteOperator(
                name,
                operator,
                undefined,
                at -> new InputException(name + ": drives samples to " + at
                        + ", where no law is; use a bounded objective or a smaller weight"));
    }

    private static String blamed(String option, Chosen<List<Column>, ?> chosen) {
        return option + " '" + chosen.name() + "' (" + Origin.of(chosen.provider()) + ")";
    }

    @Override
    public int inputs() {
        return operator.inputs();
    }

    @Override
    public int outputs() {
        return operator.outputs();
    }

    @Override
    public boolean affine() {
        return operator.affine();
    }

    @Override
    public void apply(Points x, Points out) {
        operator.apply(x, out);
        check("", out, x, n -> true);
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        operator.tangent(x, v, out);
        check("its derivative ", out, x, n -> finite(v.row(n)));
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        operator.adjoint(x, w, out);
        check("its derivative ", out, x, n -> finite(w.row(n)));
    }

    private void check(String what, Points out, Points x, IntPredicate asked) {
        for (int k = 0; k < out.dim() * out.size(); k++) {
            int n = k % out.size();
            double value = out.get(k / out.size(), n);
            if (!Double.isFinite(value) && asked.test(n)) {
                String at = Arrays.toString(x.row(n));
                throw finite(x.row(n))
                        ? undefined.apply(
                                name + ": " + what + "is " + value + " at " + at + "; expected a finite number")
                        : away.apply(at);
            }
        }
    }

    private static boolean finite(double[] row) {
        return Arrays.stream(row).allMatch(Double::isFinite);
    }
}
