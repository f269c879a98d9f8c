package org.eigendrift.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.check.FrameCheck;
import org.junit.jupiter.api.Test;

/** Frames in a row, and what is found of wrong ones. */
class FrameChainTest {
    /**
     * z1 = scale x1 + turn x2, z2 = x2, and so back; other columns stay.
     *
     * @param lie added to the log-Jacobian
     * @param lost added on the way back
     */
    private record Shear(int dim, double scale, double turn, double lie, double lost) implements Frame {
        @Override
        public List<Column> columns() {
            return IntStream.range(0, dim).mapToObj(i -> Column.real("z" + i)).toList();
        }

        @Override
        public void forward(Points x, Points z, double[] logJacobian) {
            for (int n = 0; n < x.size(); n++) {
                for (int i = 0; i < dim; i++) {
                    z.set(i, n, x.get(i, n));
                }
                z.set(0, n, scale * x.get(0, n) + turn * x.get(1, n));
                logJacobian[n] += Math.log(Math.abs(scale)) + lie;
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            for (int n = 0; n < x.size(); n++) {
                for (int i = 0; i < dim; i++) {
                    x.set(i, n, z.get(i, n));
                }
                x.set(0, n, (z.get(0, n) - turn * z.get(1, n)) / scale + lost);
            }
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }

    private static Shear shear(double scale, double turn) {
        return new Shear(2, scale, turn, 0, 0);
    }

    private static Points rows(int dim) {
        CounterRandom random = new CounterRandom(6);
        Points rows = Points.zeros(dim, 20);
        for (int n = 0; n < 20; n++) {
            for (int i = 0; i < dim; i++) {
                rows.set(i, n, 3 * random.normal(n, i) + 10);
            }
        }
        return rows;
    }

    private static List<Column> columns(int dim) {
        return IntStream.range(0, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    /** First x1 -> 2 x1 + x2, then that -> 3 times it less x2. */
    @Test
    void framesAreAppliedInTheirOrder() {
        FrameChain chain = new FrameChain(columns(2), List.of(shear(2, 1), shear(3, -1)));
        Points x = rows(2);
        double[] logJacobian = new double[20];
        java.util.Arrays.fill(logJacobian, 99);
        Points z = chain.forward(x, logJacobian);
        for (int n = 0; n < 20; n++) {
            assertEquals(6 * x.get(0, n) + 2 * x.get(1, n), z.get(0, n), 1e-12);
            assertEquals(Math.log(6), logJacobian[n], 1e-14);
        }
        assertArrayEquals(x.values(), chain.inverse(z).values(), 1e-12);
        assertEquals("z0", chain.columns().get(0).name());
        assertEquals("x0", chain.dataColumns().get(0).name());
        assertEquals(2, chain.frames().size());
        assertEquals(shear(2, 1).affine(), chain.affine());
        assertArrayEquals(shear(1, 0).leftNormal(), chain.leftNormal());
    }

    @Test
    void noFrameIsTheIdentity() {
        FrameChain chain = new FrameChain(columns(2), List.of());
        Points x = rows(2);
        double[] logJacobian = {5, 5, 5};
        assertArrayEquals(
                x.slice(0, 3).values(),
                chain.forward(x.slice(0, 3), logJacobian).values());
        assertArrayEquals(new double[3], logJacobian);
        assertEquals("x0", chain.columns().get(0).name());
        assertEquals(0, chain.leftNormal().length);
        assertTrue(chain.affine());
    }

    private static String fault(Frame frame, int dim) {
        FrameChain chain = new FrameChain(columns(dim), List.of(frame));
        return assertThrows(PluginException.class, () -> chain.forward(rows(dim), new double[20]))
                .getMessage();
    }

    /** A log-Jacobian is off by more than 0.05 nats, or it is not said. */
    @Test
    void aWrongLogJacobianIsFound() {
        double right = Math.log(2);
        String expected = String.format(java.util.Locale.ROOT, "is %.4g; differences give %.4g", right + 0.06, right);
        String found = fault(new Shear(2, 2, 1, 0.06, 0), 2);
        assertTrue(found.endsWith(expected), found);
        assertTrue(found.contains("its log-Jacobian at row 3, ("), found);
        assertTrue(fault(new Shear(2, 2, 1, -0.06, 0), 2).contains("log-Jacobian"));
        FrameChain near = new FrameChain(columns(2), List.of(new Shear(2, -2, 1, 0.04, 0)));
        assertDoesNotThrow(() -> near.forward(rows(2), new double[20]));
        // Where the first column's own factor is nought the determinant takes another row first.
        FrameChain five = new FrameChain(columns(5), List.of(new Shear(5, 0.01, 7, 0, 0)));
        assertDoesNotThrow(() -> five.forward(rows(5), new double[20]));
        assertTrue(fault(new Shear(5, 0.01, 7, 1, 0), 5).contains(", ...), is"));
    }

    @Test
    void aWayBackThatLeadsElsewhereIsFound() {
        String found = fault(new Shear(2, 2, 1, 0, 0.01), 2);
        assertTrue(found.contains("is wrong: row 1, (") && found.endsWith("; expected the row itself"), found);
        // A ten-thousandth of the spread of about 3.
        FrameChain near = new FrameChain(columns(2), List.of(new Shear(2, 2, 1, 0, 1e-4)));
        assertDoesNotThrow(() -> near.forward(rows(2), new double[20]));
    }

    /** A turn around the circle leads back. */
    @Test
    void anAngleComesBackToItself() {
        List<Column> angles = List.of(Column.angle("x0", 0, 8), Column.real("x1"));
        FrameChain chain = new FrameChain(angles, List.of(new Shear(2, 2, 1, 0, 8)));
        assertDoesNotThrow(() -> chain.forward(rows(2), new double[20]));
        FrameChain half = new FrameChain(angles, List.of(new Shear(2, 2, 1, 0, 4)));
        assertThrows(PluginException.class, () -> half.forward(rows(2), new double[20]));
    }

    /** Rows on a bound may stand for others: these do not excuse the rest, of which three are looked at. */
    @Test
    void rowsOnABoundAreLeftOut() {
        List<Column> bounded = List.of(Column.bounded("x0", 0, 40), Column.real("x1"));
        for (double bound : new double[] {0, 40}) {
            Points some = rows(2);
            some.set(0, 0, bound);
            some.set(0, 2, bound);
            String lost = assertThrows(
                            PluginException.class,
                            () -> new FrameChain(bounded, List.of(new Shear(2, 2, 1, 0, 0.01)))
                                    .forward(some, new double[20]))
                    .getMessage();
            assertTrue(lost.contains("is wrong: row 2, ("), lost);
            String lie = assertThrows(
                            PluginException.class,
                            () -> new FrameChain(bounded, List.of(new Shear(2, 2, 1, 1, 0)))
                                    .forward(some, new double[20]))
                    .getMessage();
            assertTrue(lie.contains("its log-Jacobian at row 5, ("), lie);
            Points most = rows(2);
            for (int n = 0; n < 18; n++) {
                most.set(0, n, bound);
            }
            FrameChain unknown = new FrameChain(bounded, List.of(new Shear(2, 2, 1, 1, 1)));
            assertDoesNotThrow(() -> unknown.forward(most, new double[20]), "two rows inside say nothing");
            // Their images must be finite all the same.
            FrameChain infinite = new FrameChain(bounded, List.of(new Shear(2, 2, 1, Double.NaN, 0)));
            assertThrows(PluginException.class, () -> infinite.forward(most, new double[20]));
        }
    }

    @Test
    void imagesAreFinite() {
        String found = fault(new Shear(2, 2, Double.POSITIVE_INFINITY, 0, 0), 2);
        assertTrue(found.contains("it maps row 1, (") && found.endsWith("; expected finite numbers"), found);
        assertTrue(fault(new Shear(2, 2, 1, Double.NaN, 0), 2).contains("with a log-Jacobian of NaN"));
    }

    /** Of few rows, or of columns that do not vary, nothing is asked; and of others once. */
    @Test
    void framesAreLookedAtOnceWhereRowsTellSomething() {
        Frame wrong = new Shear(2, 2, 1, 1, 0);
        FrameChain few = new FrameChain(columns(2), List.of(wrong));
        assertDoesNotThrow(() -> few.forward(rows(2).slice(0, 7), new double[7]));
        assertThrows(PluginException.class, () -> few.forward(rows(2).slice(0, 8), new double[8]));
        assertDoesNotThrow(() -> few.forward(rows(2), new double[20]));
        Points constant = rows(2);
        for (int n = 0; n < 20; n++) {
            constant.set(1, n, 4);
        }
        FrameChain same = new FrameChain(columns(2), List.of(wrong));
        assertDoesNotThrow(() -> same.forward(constant, new double[20]));
    }

    @Test
    void aFrameHasAColumnForEachCoordinateAndAState() {
        Frame right = shear(2, 1);
        assertSame(right, FrameCheck.shaped("a plugin", right, 2));
        assertThrows(PluginException.class, () -> FrameCheck.shaped("a plugin", null, 2));
        String columns = assertThrows(PluginException.class, () -> FrameCheck.shaped("a plugin", right, 3))
                .getMessage();
        assertTrue(columns.endsWith("its frame has 2 columns and a state; expected 3 columns and a state"), columns);
        assertFalse(columns.isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static Chosen<FrameContext, Frame> chosen(String name) {
        FrameProvider<?> provider = (FrameProvider<?>) Families.CATALOG.find(FrameProvider.class, name);
        return (Chosen<FrameContext, Frame>)
                (Chosen<?, ?>) new Chosen<>(provider, provider.options().defaults());
    }

    /** What was fitted is made again from its state, to the bit: its images have mean 0 and are uncorrelated of variance 1 or nearly. */
    @Test
    void aFittedFrameIsMadeAgainFromItsState() {
        Points x = rows(3);
        InMemory data = new InMemory(columns(3), x);
        Frame fitted = FrameChain.plan(chosen("whiten"), data.columns())
                .run(LocalPasses.over(data, RunContext.quiet(1), new Parallel(1)));
        Frame again = FrameChain.restore(chosen("whiten"), data.columns(), fitted.state());
        Points z = new FrameChain(data.columns(), List.of(fitted)).forward(x, new double[20]);
        assertArrayEquals(
                z.values(),
                new FrameChain(data.columns(), List.of(again))
                        .forward(x, new double[20])
                        .values());
        Covariance covariance = Covariance.ofColumns(new InMemory(again.columns(), z));
        for (int i = 0; i < 3; i++) {
            assertEquals(0, covariance.means()[i], 1e-12);
            // A frame of 20 rows is shrunk.
            assertEquals(1, covariance.matrix()[4 * i], 0.5);
        }
    }
}
