package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.samplers.operator.Mask;
import org.junit.jupiter.api.Test;

class FiniteOperatorTest {
    /** log(x1). */
    private record Logarithm() implements Objective {
        @Override
        public void value(Points x, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                out[n] = Math.log(x.get(0, n));
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            for (int n = 0; n < x.size(); n++) {
                out.set(0, n, 1 / x.get(0, n));
                out.set(1, n, 0);
            }
        }
    }

    private static String refusal(double... point) {
        Operator operator = FiniteOperator.asked(
                "reward.objective", new ObjectiveOperator(new Logarithm(), 2), InputException::new);
        return assertThrows(InputException.class, () -> operator.apply(Points.ofRows(point), Points.zeros(1, 1)))
                .getMessage();
    }

    @Test
    void whereAnObjectiveHasNoValueItIsNamedWithThePoint() {
        assertEquals("reward.objective: is NaN at [-1.0, 2.0]; expected a finite number", refusal(-1, 2));
    }

    @Test
    void soIsItsDerivative() {
        Operator operator = FiniteOperator.asked(
                "reward.objective", new ObjectiveOperator(new Logarithm(), 2), InputException::new);
        Points x = Points.ofRows(new double[] {0, 2});
        Points one = Points.ofRows(new double[] {1});
        assertEquals(
                "reward.objective: its derivative is Infinity at [0.0, 2.0]; expected a finite number",
                assertThrows(InputException.class, () -> operator.adjoint(x, one, Points.zeros(2, 1)))
                        .getMessage());
    }

    /** log(infinity) is infinite: not the formula is at fault but that samples came there. */
    @Test
    void samplesThatRanAwayAreNotTheFormulasFault() {
        assertEquals(
                "reward.objective: drives samples to [Infinity, 2.0], where no law is; use a bounded objective or a"
                        + " smaller weight",
                refusal(Double.POSITIVE_INFINITY, 2));
    }

    /** What was observed drives nothing by growing: steps that are too long for it do. */
    @Test
    void samplesThatRanAwayAreNotTheOperatorsFault() {
        Chosen<List<Column>, Operator> chosen = new Chosen<>(new Mask(), new Mask.Options(List.of("x")));
        Operator operator =
                FiniteOperator.of("dps.operator", chosen, chosen.create(List.of(Column.real("x"), Column.real("y"))));
        Points away = Points.ofRows(new double[] {Double.NaN, 2});
        String told = assertThrows(NumericalException.class, () -> operator.apply(away, Points.zeros(1, 1)))
                .getMessage();
        assertTrue(told.startsWith("samples ran away to [NaN, 2.0], where dps.operator 'mask' ("), told);
        assertTrue(
                told.endsWith("; use another sampler or other steps, a frame that whitens, or a larger noise"), told);
    }
}
