package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.flow.ChainLaw;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of the score at t = 0: normal laws in closed form, quadrature, and rows of a law it holds. */
class GibbsModelTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final RunContext THREE = new RunContext(7, 3, Progress.NONE, () -> false);
    private static final FitSettings CHOLESKY =
            FitSettings.of(Map.of("solver", Map.of("type", "cholesky")), Families.CATALOG);

    /** Single coordinates to a degree, and given pairs' product of first functions. */
    static ProductBasis hermite(int dim, int degree, boolean chain) {
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            clusters.add(Cluster.full(new int[] {i}, new int[] {degree}));
        }
        for (int i = 0; i < dim; i++) {
            for (int j = i + 1; j < (chain ? Math.min(dim, i + 2) : dim); j++) {
                clusters.add(new Cluster(new int[] {i, j}, new int[] {degree, degree}, new int[] {0}));
            }
        }
        return new ProductBasis(Families.coordinates(Collections.nCopies(dim, "hermite"), degree), clusters);
    }

    static MomentTable table(ProductBasis basis, Points rows) {
        MomentTable table = new MomentTable(new GridLayout(basis, GibbsModel.TIME));
        SumPass pass = table.layout().pass();
        Parallel parallel = new Parallel(1);
        for (int from = 0; from < rows.size(); from += SumPass.CHUNK) {
            pass.add(rows.slice(from, Math.min(rows.size(), from + SumPass.CHUNK)), table, parallel);
        }
        return table;
    }

    private static FrameChain noFrame(List<Column> columns) {
        return new FrameChain(columns, List.of());
    }

    private static FrameChain noFrame(int dim) {
        return noFrame(
                IntStream.range(0, dim).mapToObj(i -> Column.real("x" + i)).toList());
    }

    private static Points noStarts() {
        throw new AssertionError("without a likelihood step nothing walks from rows");
    }

    static GibbsModel model(ProductBasis basis, MomentTable table, Proposal proposal, RunContext run) {
        return GibbsModel.of(
                CHOLESKY,
                noFrame(basis.dim()),
                basis,
                table,
                0,
                0,
                GibbsModelTest::noStarts,
                Confinement.none(basis.dim()),
                potential -> Bounds.NONE,
                List.of("a line"),
                proposal,
                run);
    }

    /** Each column leans on the square of the one before: far from normal. */
    static Points bent(int dim, int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            double before = 0;
            for (int i = 0; i < dim; i++) {
                double x = 0.6 * random.normal(n, i) + 0.3 * before + 0.3 * before * before + 0.2;
                rows.set(i, n, x);
                before = x;
            }
        }
        return rows;
    }

    /**
     * With h of degree 2 the score is linear, and the conditions E[dh/dx phi'] = .. say that it is that of the rows' mean
     * and covariance (Hyvarinen 2005, section 3.1), whatever the rows' law.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void ofDegreeTwoTheLawIsTheNormalLawOfTheRowsMoments(int dim) {
        Points rows = bent(dim, 3000, 1);
        NormalLaw normal = NormalLaw.of(rows, 1);
        ProductBasis basis = hermite(dim, 2, false);
        GibbsModel model = model(basis, table(basis, rows), NormalLaw.of(rows, 1.2), RUN);
        Points x = bent(dim, 50, 2);
        double[] expected = normal.logDensity(x);
        double[] nats = model.logDensity(x, RUN);
        double shift = nats[0] - expected[0];
        for (int n = 0; n < nats.length; n++) {
            // A system of condition number 100 and densities of size 100: 1e4 roundings, and as many from sums.
            assertEquals(shift, nats[n] - expected[n], 1e-10);
        }
        double error = model.normaliser().standardError();
        assertTrue(error > 1e-4 && error < 0.01, "reported " + error);
        assertEquals(0, shift, 5 * error);
    }

    /** What walks from the wider law's draws has the moments of the narrower. */
    @Test
    void theWalkEndsInTheLaw() {
        Points rows = bent(2, 3000, 1);
        ProductBasis basis = hermite(2, 2, false);
        NormalLaw wide = NormalLaw.of(rows, 1.5);
        GibbsModel model = model(basis, table(basis, rows), wide, RUN);
        int count = 4000;
        Points x = wide.draw(new CounterRandom(9), count);
        x.set(0, 17, Double.NaN);
        model.walk(x, IntStream.range(0, count).toArray(), THREE);
        assertTrue(Double.isNaN(x.get(0, 17)), "outside the support there is no way in");
        x.set(0, 17, x.get(0, 16));
        x.set(1, 17, x.get(1, 16));
        double[] normal = NormalLaw.of(rows, 1).root();
        double[] moved = NormalLaw.of(x, 1).root();
        for (int i = 0; i < 2; i++) {
            double variance = normal[2 * i] * normal[2 * i] + normal[2 * i + 1] * normal[2 * i + 1] * i;
            // Five standard errors of means, and of a root's entries, which vary by at most sigma / sqrt(n).
            double five = 5 * Math.sqrt(variance / count);
            assertEquals(NormalLaw.of(rows, 1).mean()[i], NormalLaw.of(x, 1).mean()[i], five);
            for (int j = 0; j <= i; j++) {
                assertEquals(normal[2 * i + j], moved[2 * i + j], five);
            }
        }
    }

    /** Uniform on a box. */
    private record Box(List<Column> columns) implements Proposal {
        @Override
        public Points draw(CounterRandom random, int count) {
            Points x = Points.zeros(columns.size(), count);
            for (int i = 0; i < x.dim(); i++) {
                for (int n = 0; n < count; n++) {
                    double width = columns.get(i).upper() - columns.get(i).lower();
                    x.set(i, n, columns.get(i).lower() + width * random.uniform(n, i));
                }
            }
            return x;
        }

        @Override
        public double[] logDensity(Points x) {
            double[] nats = new double[x.size()];
            for (Column column : columns) {
                for (int n = 0; n < nats.length; n++) {
                    nats[n] -= Math.log(column.upper() - column.lower());
                }
            }
            return nats;
        }
    }

    private static final List<String> COSINES = List.of("cosine", "cosine");
    private static final List<Column> BOX = List.of(Families.column("cosine", "a"), Families.column("cosine", "b"));

    private static GibbsModel boxed(Proposal proposal) {
        ProductBasis basis = Families.complete(Families.coordinates(COSINES, 4), 2);
        MomentTable table = table(basis, Families.rows(COSINES, 2000, 3));
        return GibbsModel.of(
                CHOLESKY,
                noFrame(BOX),
                basis,
                table,
                1e-2,
                0,
                GibbsModelTest::noStarts,
                Confinement.none(BOX.size()),
                potential -> Bounds.NONE,
                List.of(),
                proposal,
                RUN);
    }

    /** Midpoints of cosines, periodic and even, converge faster than any power of the cells. */
    @Test
    void theDensityIntegratesToOne() {
        GibbsModel model = boxed(new Box(BOX));
        int cells = 100;
        double side = 2.5 / cells;
        Points grid = Points.zeros(2, cells * cells);
        for (int n = 0; n < grid.size(); n++) {
            grid.set(0, n, -0.5 + side * (n / cells + 0.5));
            grid.set(1, n, -0.5 + side * (n % cells + 0.5));
        }
        double sum = 0;
        double largest = 0;
        for (double nats : model.logDensity(grid, RUN)) {
            sum += Math.exp(nats) * side * side;
            largest = Math.max(largest, Math.exp(nats));
        }
        assertTrue(largest > 2 / 6.25, "far from uniform");
        assertTrue(model.normaliser().standardError() < 0.02);
        assertEquals(0, Math.log(sum), 5 * model.normaliser().standardError());
        double[] outside = model.logDensity(Points.ofRows(new double[] {0.5, 2.001}), RUN);
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, outside);
    }

    /** Half of the draws of a box that is twice as wide lie outside; the constant is the same. */
    @Test
    void drawsOutsideTheSupportDoNotBiasTheConstant() {
        Normaliser inside = boxed(new Box(BOX)).normaliser();
        Box wide = new Box(List.of(Column.bounded("a", -0.5, 2), Column.bounded("b", -1.75, 3.25)));
        Normaliser half = boxed(wide).normaliser();
        assertEquals(inside.log(), half.log(), 5 * Math.hypot(inside.standardError(), half.standardError()));
    }

    @Test
    void whatLiesElsewhereIsNoProposal() {
        Box far = new Box(List.of(Column.bounded("a", 5, 6), Column.bounded("b", 5, 6)));
        String outside =
                assertThrows(NumericalException.class, () -> boxed(far)).getMessage();
        assertEquals("the Gibbs density cannot be normalised: no draw of the flow lies in its support", outside);
        Points rows = bent(2, 500, 1);
        ProductBasis basis = hermite(2, 2, false);
        NormalLaw law = NormalLaw.of(rows, 1);
        NormalLaw away = new NormalLaw(new double[] {law.mean()[0] + 30, law.mean()[1] - 30}, law.root());
        NumericalException refusal =
                assertThrows(NumericalException.class, () -> model(basis, table(basis, rows), away, RUN));
        assertEquals(1, refusal.getMessage().lines().count());
        assertTrue(refusal.getMessage().startsWith("the Gibbs density cannot be normalised: "), refusal.getMessage());
    }

    private static void assertSame(GibbsModel expected, GibbsModel actual) {
        assertEquals(expected.table(), actual.table());
        assertArrayEquals(expected.theta(), actual.theta());
        assertEquals(expected.normaliser(), actual.normaliser());
        assertEquals(expected.walk(), actual.walk());
        assertEquals(expected.choices(), actual.choices());
    }

    @Test
    void sumsOfPartsAlongChunksMakeTheSameModel() {
        Points rows = bent(2, 2 * SumPass.CHUNK + 500, 4);
        ProductBasis basis = hermite(2, 3, false);
        NormalLaw proposal = NormalLaw.of(rows, 1.3);
        GibbsModel all = model(basis, table(basis, rows), proposal, RUN);
        GibbsModel first = model(basis, table(basis, rows.slice(0, SumPass.CHUNK)), proposal, RUN);
        MomentTable sum = first.table().copy();
        sum.add(table(basis, rows.slice(SumPass.CHUNK, rows.size())));
        assertSame(all, first.withTable(sum, UnaryOperator.identity(), proposal, RUN));
        MomentTable difference = all.table().copy();
        difference.subtract(table(basis, rows.slice(SumPass.CHUNK, rows.size())));
        assertSame(first, all.withTable(difference, UnaryOperator.identity(), proposal, RUN));
    }

    @Test
    void threadsDoNotChangeABit() {
        Points rows = bent(3, 2000, 5);
        ProductBasis basis = hermite(3, 3, false);
        NormalLaw proposal = NormalLaw.of(rows, 1.3);
        GibbsModel one = model(basis, table(basis, rows), proposal, RUN);
        assertSame(one, model(basis, table(basis, rows), proposal, THREE));
        assertArrayEquals(one.logDensity(rows, RUN), one.logDensity(rows, THREE));
        Points alone = rows.copy();
        Points together = rows.copy();
        int[] numbers = IntStream.range(0, rows.size()).toArray();
        one.walk(alone, numbers, RUN);
        one.walk(together, numbers, THREE);
        assertArrayEquals(alone.values(), together.values());
    }

    /** Double wells that lean to one side, coupled along a chain: what 19 functions hold exactly. */
    private static final ProductBasis CHAIN = hermite(4, 4, true);

    private static final double[] TRUTH = chainTheta();

    private static double[] chainTheta() {
        double[] theta = new double[CHAIN.size()];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(new double[] {0.2, 0.1, -0.1, -0.5}, 0, theta, 4 * i, 4);
        }
        Arrays.fill(theta, 16, 19, 0.4);
        return theta;
    }

    private static ChainLaw chain(double[] theta) {
        return new ChainLaw(CHAIN, theta, 4.5, 160);
    }

    /**
     * To first order theta - theta* is A^-1 (b_N - A_N theta*), of covariance A^-1 S A^-1 / N with S that of the rows'
     * A_n theta* - b_n; and the divergence is half its square in H, the covariance of the functions: E KL = tr(H A^-1 S
     * A^-1) / (2 N). Maximum likelihood has 19 in place of the trace.
     */
    private static double expectedDivergence(Points rows) {
        int size = CHAIN.size();
        int[][] degrees = Families.multiDegrees(CHAIN);
        double[] a = new double[size * size];
        double[] s = new double[size * size];
        double[] h = new double[size * size];
        double[] means = new double[size];
        double[][] phi = new double[size][rows.size()];
        for (int n = 0; n < rows.size(); n++) {
            double[][] gradient = new double[size][4];
            for (int f = 0; f < size; f++) {
                phi[f][n] = 1;
                for (int i = 0; i < 4; i++) {
                    phi[f][n] *= Families.value(CHAIN.coordinate(i), degrees[f][i], rows.get(i, n));
                    gradient[f][i] = 1;
                    for (int j = 0; j < 4; j++) {
                        gradient[f][i] *= i == j
                                ? Families.derivative(CHAIN.coordinate(j), degrees[f][j], rows.get(j, n))
                                : Families.value(CHAIN.coordinate(j), degrees[f][j], rows.get(j, n));
                    }
                }
                means[f] += phi[f][n] / rows.size();
            }
            double[] residual = new double[size];
            for (int f = 0; f < size; f++) {
                residual[f] = -Arrays.stream(degrees[f]).sum() * phi[f][n];
                for (int g = 0; g < size; g++) {
                    double gamma = IntStream.range(0, 4)
                            .mapToDouble(new Product(gradient[f], gradient[g])::at)
                            .sum();
                    a[f * size + g] += gamma / rows.size();
                    residual[f] += gamma * TRUTH[g];
                }
            }
            for (int f = 0; f < size * size; f++) {
                s[f] += residual[f / size] * residual[f % size] / rows.size();
            }
        }
        for (int f = 0; f < size * size; f++) {
            for (int n = 0; n < rows.size(); n++) {
                h[f] += (phi[f / size][n] - means[f / size]) * (phi[f % size][n] - means[f % size]) / rows.size();
            }
        }
        double[] inverse = LowerTriangle.inverseOfSymmetric(a, size);
        double[] product = product(product(h, inverse, size), product(s, inverse, size), size);
        return IntStream.range(0, size).mapToDouble(f -> product[f * size + f]).sum();
    }

    private record Product(double[] a, double[] b) {
        double at(int i) {
            return a[i] * b[i];
        }
    }

    private static double[] product(double[] a, double[] b, int n) {
        double[] c = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < n; p++) {
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += a[i * n + p] * b[p * n + j];
                }
            }
        }
        return c;
    }

    private static double meanDivergence(ChainLaw truth, int count, int seeds) {
        double sum = 0;
        for (int seed = 0; seed < seeds; seed++) {
            MomentTable table = table(CHAIN, truth.draw(count, 100 + seed));
            double[] theta = GibbsModel.theta(
                    table, CHAIN, 0, List.of(CHOLESKY.solver().named().orElseThrow()), RUN);
            sum += truth.divergence(chain(theta)) / seeds;
        }
        return sum;
    }

    /** Without the constant, by sums along the chain, so that nothing but theta is tested. */
    @Test
    void ofALawThatTheFunctionsHoldTheDivergenceFallsWithTheRows() {
        ChainLaw truth = chain(TRUTH);
        assertEquals(0, truth.divergence(truth), 1e-12);
        double trace = expectedDivergence(truth.draw(4000, 1));
        assertTrue(trace > CHAIN.size() && trace < 3 * CHAIN.size(), "no better than maximum likelihood: " + trace);
        // A sum of 19 squared normal numbers of comparable size varies by sqrt(2 / 19) of its mean, more where few
        // carry most; of 16 such, a tenth. Three of those for the trace's own noise and for the second order.
        double few = meanDivergence(truth, 2000, 16);
        assertEquals(1, few * 2 * 2000 / trace, 0.35);
        double many = meanDivergence(truth, 8000, 16);
        assertEquals(1, many * 2 * 8000 / trace, 0.35);
    }

    /** Beside a normal law, which is some way off. */
    @Test
    void theConstantOfAChainIsThatOfSumsAlongIt() {
        ChainLaw truth = chain(TRUTH);
        Points rows = truth.draw(3000, 2);
        MomentTable table = table(CHAIN, rows);
        GibbsModel model = model(CHAIN, table, NormalLaw.of(rows, 1.1), RUN);
        double error = model.normaliser().standardError();
        assertTrue(error < 0.03, "reported " + error);
        assertEquals(chain(model.theta()).logConstant(), model.normaliser().log(), 5 * error);
    }

    /** What theta has lost by a wrong coefficient a step gains back, but for the rows' noise and the walks'. */
    @Test
    void aLikelihoodStepFindsBackToTheLawOfTheRows() {
        ChainLaw truth = chain(TRUTH);
        Points rows = truth.draw(8000, 3);
        double[] moved = TRUTH.clone();
        for (int a = 0; a < moved.length; a++) {
            moved[a] += a % 2 == 0 ? 0.06 : -0.06;
        }
        double before = truth.divergence(chain(moved));
        GibbsEnergy potential = new GibbsEnergy(CHAIN, moved, Confinement.none(CHAIN.dim()), Bounds.NONE);
        double[] step = new FisherScoring(CHAIN, table(CHAIN, rows).functionMeans(CHAIN), rows, THREE).step(potential);
        double after = truth.divergence(chain(GibbsModel.stepped(moved, step, 1)));
        // k / (2 N) for the rows and once more for the walks, of which half as many would be independent: 19 / 16,000
        // times 3.
        assertTrue(before > 0.02, "before " + before);
        assertTrue(after < 0.0036 + 0.1 * before, "before " + before + ", after " + after);
    }

    /** One step and half of another; after a merger the rows are no more, and walks begin at draws of the proposal. */
    @Test
    void stepsAreTakenAtTheFitAndAfterAMerger() {
        ChainLaw truth = chain(TRUTH);
        Points rows = truth.draw(8 * SumPass.CHUNK, 3);
        MomentTable half = table(CHAIN, rows.slice(0, rows.size() / 2));
        MomentTable all = table(CHAIN, rows);
        // Nothing here pulls draws in from where walks do not move.
        Proposal proposal = NormalLaw.of(rows, 0.8);
        GibbsModel model = GibbsModel.of(
                CHOLESKY,
                noFrame(CHAIN.dim()),
                CHAIN,
                half,
                0.3,
                1.5,
                () -> rows.slice(0, rows.size() / 2),
                Confinement.none(CHAIN.dim()),
                potential -> Bounds.NONE,
                List.of("a line"),
                proposal,
                THREE);
        GibbsModel merged = model.withTable(all, same -> same, proposal, THREE);
        assertEquals(1.5, merged.steps());
        // The ridge alone costs far more than what is allowed: k / (2 N) for the rows and as much for walks from as
        // many
        // points, times 3, and a tenth of what the ridge costs for what the half step leaves.
        double[] matched = GibbsModel.theta(
                all, CHAIN, 0.3, List.of(CHOLESKY.solver().named().orElseThrow()), RUN);
        double ridge = truth.divergence(chain(matched));
        double noise = 3.0 * CHAIN.size() / rows.size();
        assertTrue(ridge > 2 * noise, "ridge costs " + ridge);
        for (GibbsModel stepped : List.of(model, merged)) {
            double lost = truth.divergence(chain(stepped.theta()));
            double rate = stepped == merged ? 1 : 2;
            assertTrue(
                    lost < rate * noise + 0.1 * ridge,
                    stepped.table().rows() + " rows: lost " + lost + " nats, where the ridge costs " + ridge);
        }
    }
}
