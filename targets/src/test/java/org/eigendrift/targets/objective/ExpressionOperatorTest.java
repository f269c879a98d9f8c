package org.eigendrift.targets.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.contract.OperatorContract;
import org.junit.jupiter.api.Test;

/** Values and Jacobian of two formulas by hand, beside the contract's differences and transpose. */
class ExpressionOperatorTest extends OperatorContract {
    private static final List<Column> COLUMNS = List.of(Column.real("a"), Column.real("b c"), Column.real("d"));

    private static Operator operator(String... formulas) {
        return new ExpressionOperator().create(new ExpressionOperator.Options(List.of(formulas)), COLUMNS);
    }

    private static String refusal(String... formulas) {
        return assertThrows(InputException.class, () -> operator(formulas)).getMessage();
    }

    @Override
    protected Operator operator() {
        return operator("a * d + x2", "sin(a)^2 + exp(-d)");
    }

    @Test
    void valuesAndJacobianAreThoseOfTheFormulas() {
        Points x = Points.ofRows(new double[] {0.5, 2, -1});
        Points out = Points.zeros(2, 1);
        operator().apply(x, out);
        double s = Math.sin(0.5);
        assertArrayEquals(new double[] {1.5, s * s + Math.E}, out.row(0), 1e-14);
        Points tangent = Points.zeros(2, 1);
        operator().tangent(x, Points.ofRows(new double[] {1, 10, 100}), tangent);
        // (d, 1, a) and (2 sin a cos a, 0, -exp(-d)) times (1, 10, 100).
        assertArrayEquals(new double[] {-1 + 10 + 50, Math.sin(1) - 100 * Math.E}, tangent.row(0), 1e-12);
    }

    @Test
    void mistakesAreNamedByTheirFormula() {
        assertEquals("expression.formulas: expected at least one formula", refusal());
        assertEquals("expression.formulas[1]: expected a formula of a, x2, d; found the number 3", refusal("a", "3"));
        String unknown = refusal("a", "aa + d");
        assertTrue(unknown.startsWith("expression.formulas[1]") && unknown.contains("aa"), unknown);
        InputException told = assertThrows(
                InputException.class,
                () -> operator("d", "log(a)").apply(Points.ofRows(new double[] {-1, 2, 3}), Points.zeros(2, 1)));
        assertEquals("expression.formulas[1]: is NaN at [-1.0, 2.0, 3.0]; expected a finite number", told.getMessage());
    }
}
