package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.contract.BasisFamilyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MeanFieldFamilyTest {
    private abstract static class Marginal extends BasisFamilyContract<MeanFieldFamily.Options> {
        @Override
        protected BasisFamily<MeanFieldFamily.Options> family() {
            return new MeanFieldFamily();
        }

        @Override
        protected double tolerance(Eigenbasis basis) {
            return 1e-9;
        }

        @Override
        protected double energyTolerance(Eigenbasis basis) {
            return Math.sqrt(basis.eigenvalueError());
        }

        /** Within an element functions solve the equation to the order of the elements less 2. */
        @Override
        protected double strongTolerance(Eigenbasis basis) {
            return 1e-3;
        }

        /** The density has two continuous derivatives: differences across a knot are of second order. */
        @Override
        protected double differenceTolerance(Eigenbasis basis) {
            return 1e-6;
        }

        @Override
        protected int[] degrees() {
            return new int[] {1, 5, 28};
        }
    }

    @Nested
    class Normal extends Marginal {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.real("x"), 5000, z -> 3 + 2 * z);
        }

        @Override
        protected int[] degrees() {
            return new int[] {1, 5, 28, 64};
        }
    }

    @Nested
    class TwoModes extends Marginal {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.real("x"), 5000, z -> z + Math.copySign(2, z));
        }
    }

    @Nested
    class Exponential extends Marginal {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.positive("p"), 5000, z -> z * z);
        }
    }

    @Nested
    class Share extends Marginal {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.bounded("s", 0, 1), 5000, z -> 1 / (1 + Math.exp(-2 * z)));
        }
    }

    @Nested
    class DoubleWell extends Marginal {
        @Override
        protected MeanFieldFamily.Options options() {
            return new MeanFieldFamily().options().of(Map.of("potential", List.of(0, 0, -4, 0, 1)));
        }

        @Override
        protected Dataset data() {
            return Rows.normal(Column.real("x"), 100, z -> Math.tanh(z));
        }
    }

    private static String refusal(Column column, Map<String, ?> options, double... rows) {
        MeanFieldFamily family = new MeanFieldFamily();
        BasisContext context = new BasisContext(column, Rows.of(column, rows), 3, RunContext.quiet(1));
        return assertThrows(
                        InputException.class,
                        () -> family.create(family.options().of(options), context))
                .getMessage();
    }

    @Test
    void refusalsNameColumnRowAndValue() {
        assertTrue(refusal(Column.real("x"), Map.of(), 2, 2).contains("'x' is constant"));
        String outside = refusal(Column.positive("p"), Map.of(), 1, 2, -3);
        assertTrue(outside.startsWith("column 'p', row 3: the value -3.0"), outside);
        String small = refusal(Column.real("x"), Map.of("table", 3), 1, 2);
        assertTrue(small.contains("option table of family 'mean-field' is 3"), small);
        String open = refusal(Column.real("x"), Map.of("potential", List.of(0, 1)), 1, 2);
        assertTrue(open.contains("does not confine"), open);
        String unbound = refusal(Column.real("x"), Map.of("lower", 1), 1, 2);
        assertTrue(unbound.contains("bound the domain of a potential"), unbound);
        String beyond = refusal(Column.real("x"), Map.of("potential", List.of(0, 1), "lower", 0, "upper", 1.5), 1, 2);
        assertTrue(beyond.contains("row 2: the value 2.0 lies outside [0.0, 1.5]"), beyond);
    }

    /** The domain of a potential is where exp(-V) is above e^-25: for x^2 / 2 up to the root of 50. */
    @Test
    void aPotentialConfinesItself() {
        Column column = Column.real("x");
        double[] ends = Confinement.of(column, new double[] {7, 0, 0.5}, OptionalDouble.empty(), OptionalDouble.of(3));
        assertEquals(-Math.sqrt(50), ends[0], 0.02);
        assertEquals(3, ends[1]);
        double[] far =
                Confinement.of(column, new double[] {0, -200, 1}, OptionalDouble.empty(), OptionalDouble.empty());
        assertEquals(95, far[0], 0.2);
        assertEquals(105, far[1], 0.2);
    }
}
