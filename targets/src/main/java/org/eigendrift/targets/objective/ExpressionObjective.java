package org.eigendrift.targets.objective;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.targets.expression.Formula;

/** A formula of the columns, differentiated automatically. */
public final class ExpressionObjective implements ObjectiveProvider<ExpressionObjective.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public ExpressionObjective() {}

    /**
     * The options.
     *
     * @param formula formula
     */
    public record Options(
            @Option(
                    doc =
                            "what is to be high, as -(x - 1)^2 + sin(y); columns by their names, those that are no names of variables as"
                                    + " x1, x2, ... by their places")
            String formula) {}

    @Override
    public String name() {
        return "expression";
    }

    @Override
    public String summary() {
        return "a formula of the columns";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Objective create(Options options, List<Column> columns) {
        Formula formula = formula(options.formula, columns, "expression.formula");
        return new Objective() {
            @Override
            public void value(Points x, double[] out) {
                formula.energy(x, out);
            }

            @Override
            public void gradient(Points x, Points out) {
                formula.gradient(x, out);
            }
        };
    }

    /** A formula of columns, of one at least. */
    static Formula formula(String text, List<Column> columns, String what) {
        Formula formula = Formula.parse(text, Formula.variables(columns), what);
        if (formula.mentioned().isEmpty()) {
            throw new InputException(what + ": expected a formula of " + String.join(", ", Formula.variables(columns))
                    + "; found the number " + text);
        }
        return formula;
    }
}
