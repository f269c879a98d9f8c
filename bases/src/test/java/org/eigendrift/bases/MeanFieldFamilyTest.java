package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
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
        /** Gauss-Legendre nodes and weights on [-1, 1] with five nodes (DLMF table 3.5.1), panels within elements. */
        @Override
        protected double[][] rule(Eigenbasis basis) {
            double inner = Math.sqrt(5 - 2 * Math.sqrt(10.0 / 7)) / 3;
            double outer = Math.sqrt(5 + 2 * Math.sqrt(10.0 / 7)) / 3;
            double light = (322 - 13 * Math.sqrt(70)) / 900;
            double heavy = (322 + 13 * Math.sqrt(70)) / 900;
            double[] nodes = {-outer, -inner, 0, inner, outer};
            double[] weights = {light, heavy, 128.0 / 225, heavy, light};
            double[] ends = basis.state().get("domain", 3);
            int panels = 4 * (int) (basis.state().get("log_density").length / ends[2]);
            double half = 0.5 * (ends[1] - ends[0]) / panels;
            boolean stretched = basis.state().names().contains("stretch");
            double[] stretch = stretched ? basis.state().get("stretch", 2) : new double[2];
            double[][] rule = new double[2][5 * panels];
            for (int n = 0; n < 5 * panels; n++) {
                double y = ends[0] + half * (2 * (n / 5) + 1 + nodes[n % 5]);
                rule[0][n] = stretched ? stretch[0] + stretch[1] * Math.sinh(y) : y;
                rule[1][n] = half * weights[n % 5] * (stretched ? stretch[1] * Math.cosh(y) : 1);
            }
            return rule;
        }

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

    /** Far from its bound the column's density has a tail towards it. */
    @Nested
    class FarFromZero extends Marginal {
        @Override
        protected int[] degrees() {
            return new int[] {1, 5};
        }

        @Override
        protected Dataset data() {
            return Rows.normal(Column.positive("p"), 5000, z -> 100 + z);
        }
    }

    @Nested
    class WellInside extends Marginal {
        @Override
        protected int[] degrees() {
            return new int[] {1, 5};
        }

        @Override
        protected Dataset data() {
            return Rows.normal(Column.bounded("s", -20, 30), 5000, z -> z);
        }
    }

    private abstract static class Heavy extends Marginal {
        @Override
        protected int[] degrees() {
            return new int[] {1, 5};
        }
    }

    /** The bandwidth of the bulk would need some 50,000 elements. */
    @Nested
    class HeavyTails extends Heavy {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.real("x"), 5000, z -> Math.sinh(3 * z));
        }
    }

    @Nested
    class HeavyPositiveTail extends Heavy {
        @Override
        protected Dataset data() {
            return Rows.normal(Column.positive("p"), 5000, z -> Math.exp(3 * z));
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
        assertTrue(outside.startsWith("row 3, column 'p': the value -3.0"), outside);
        String small = refusal(Column.real("x"), Map.of("table", 3), 1, 2);
        assertTrue(small.contains("option table of family 'mean-field' is 3"), small);
        String open = refusal(Column.real("x"), Map.of("potential", List.of(0, 1)), 1, 2);
        assertTrue(open.contains("does not confine"), open);
        String unbound = refusal(Column.real("x"), Map.of("lower", 1), 1, 2);
        assertTrue(unbound.contains("bound the domain of a potential"), unbound);
        String beyond = refusal(Column.real("x"), Map.of("potential", List.of(0, 1), "lower", 0, "upper", 1.5), 1, 2);
        assertTrue(beyond.contains("row 2, column 'x': the value 2.0 lies outside [0.0, 1.5]"), beyond);
    }

    /** Real columns live on the line, others between their bounds; a potential between the ends it is given. */
    @Test
    void domainsAreThoseOfTheColumns() {
        assertEquals(
                new Domain.Line(), basis(Column.real("x"), Map.of(), 1, 2, 3).domain());
        assertEquals(
                new Domain.HalfLine(),
                basis(Column.positive("x"), Map.of(), 1, 2, 3).domain());
        assertEquals(
                new Domain.Interval(-50, 80),
                basis(Column.bounded("x", -50, 80), Map.of(), 1, 2, 3).domain());
        Map<String, ?> confined = Map.of("potential", List.of(0, 0, 1), "lower", -1, "upper", 4);
        assertEquals(
                new Domain.Interval(-1, 4),
                basis(Column.real("x"), confined, 1, 2, 3).domain());
        Map<String, ?> open = Map.of("potential", List.of(0, 0, 1));
        // Rows beyond the core, here the root of 25, are in the tails.
        assertEquals(new Domain.Line(), basis(Column.real("x"), open, 1, 2, 30).domain());
        assertEquals(5, basis(Column.real("x"), open, 1, 2, 30).core().upper(), 0.01);
        assertEquals(
                new Domain.HalfLine(),
                basis(Column.real("x"), Map.of("potential", List.of(0, 0, 1), "lower", 0), 1, 2)
                        .domain());
        Domain half = basis(Column.real("x"), Map.of("potential", List.of(0, 0, 1), "lower", -1), 1, 2)
                .domain();
        assertEquals(-1, half.lower());
        assertEquals(5, half.upper(), 0.01);
    }

    private static Eigenbasis basis(Column column, Map<String, ?> options, double... rows) {
        MeanFieldFamily family = new MeanFieldFamily();
        return family.create(
                family.options().of(options), new BasisContext(column, Rows.of(column, rows), 3, RunContext.quiet(1)));
    }

    @Test
    void aStateBeyondTheColumnIsRefused() {
        MeanFieldFamily family = new MeanFieldFamily();
        State state = basis(Column.real("x"), Map.of(), -1, 2, 3).state();
        String message = assertThrows(
                        InputException.class,
                        () -> family.restore(family.options().defaults(), Column.positive("x"), 3, state))
                .getMessage();
        assertTrue(message.contains("reaches beyond [0.0, Infinity]"), message);
    }

    /** The domain of a potential is where exp(-V) is above e^-25: for x^2 / 2 up to the root of 50. */
    @Test
    void aPotentialConfinesItself() {
        Column column = Column.real("x");
        double[] ends =
                ConfiningInterval.of(column, new double[] {7, 0, 0.5}, OptionalDouble.empty(), OptionalDouble.of(3));
        assertEquals(-Math.sqrt(50), ends[0], 0.02);
        assertEquals(3, ends[1]);
        double[] far =
                ConfiningInterval.of(column, new double[] {0, -200, 1}, OptionalDouble.empty(), OptionalDouble.empty());
        assertEquals(95, far[0], 0.2);
        assertEquals(105, far[1], 0.2);
    }
}
