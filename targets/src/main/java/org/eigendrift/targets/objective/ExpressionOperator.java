package org.eigendrift.targets.objective;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.targets.expression.Formula;

/** Formulas of the columns, each an observed number, differentiated automatically. */
public final class ExpressionOperator implements OperatorProvider<ExpressionOperator.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public ExpressionOperator() {}

    /**
     * The options.
     *
     * @param formulas formulas
     */
    public record Options(
            @Option(
                    doc =
                            "what is observed, a formula for each number, as [x * y, sqrt(x^2 + y^2)]; columns by their names, those that are no"
                                    + " names of variables as x1, x2, ... by their places")
            List<String> formulas) {}

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public String summary() {
        return "formulas of the columns";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        if (options.formulas.isEmpty()) {
            throw new InputException("expression.formulas: expected at least one formula");
        }
        List<Formula> formulas = new ArrayList<>();
        for (String text : options.formulas) {
            formulas.add(ExpressionObjective.formula(text, columns, "expression.formulas[" + formulas.size() + "]"));
        }
        return new Formulas(formulas, columns.size());
    }

    private record Formulas(List<Formula> formulas, int inputs) implements Operator {
        @Override
        public int outputs() {
            return formulas.size();
        }

        /** Of formulas it is not asked: an affine one is linearised at every estimate, to the same matrix. */
        @Override
        public boolean affine() {
            return false;
        }

        @Override
        public void apply(Points x, Points out) {
            double[] values = new double[x.size()];
            for (int j = 0; j < outputs(); j++) {
                formulas.get(j).energy(x, values);
                System.arraycopy(values, 0, out.values(), out.offset(j), x.size());
                check(j, "", x, out, j);
            }
        }

        @Override
        public void tangent(Points x, Points v, Points out) {
            for (int j = 0; j < outputs(); j++) {
                Points gradient = gradient(j, x);
                for (int n = 0; n < x.size(); n++) {
                    double sum = 0;
                    for (int i = 0; i < inputs; i++) {
                        sum += gradient.get(i, n) * v.get(i, n);
                    }
                    out.set(j, n, sum);
                }
            }
        }

        @Override
        public void adjoint(Points x, Points w, Points out) {
            Arrays.fill(out.values(), 0);
            for (int j = 0; j < outputs(); j++) {
                Points gradient = gradient(j, x);
                for (int i = 0; i < inputs; i++) {
                    for (int n = 0; n < x.size(); n++) {
                        out.set(i, n, out.get(i, n) + gradient.get(i, n) * w.get(j, n));
                    }
                }
            }
        }

        private Points gradient(int j, Points x) {
            Points gradient = Points.zeros(inputs, x.size());
            formulas.get(j).gradient(x, gradient);
            for (int i = 0; i < inputs; i++) {
                check(j, "the derivative by column " + (i + 1) + " ", x, gradient, i);
            }
            return gradient;
        }

        /** A formula has to have a value wherever the law has samples: the user's matter, and no fault of the program. */
        private static void check(int j, String what, Points x, Points out, int coordinate) {
            for (int n = 0; n < x.size(); n++) {
                double value = out.get(coordinate, n);
                if (!Double.isFinite(value) && Arrays.stream(x.row(n)).allMatch(Double::isFinite)) {
                    throw new InputException("expression.formulas[" + j + "]: " + what + "is " + value + " at "
                            + Arrays.toString(x.row(n)) + "; expected a finite number");
                }
            }
        }
    }
}
