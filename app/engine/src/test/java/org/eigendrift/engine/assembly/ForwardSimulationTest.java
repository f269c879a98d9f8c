package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A(t) and b(t) against averages over simulated forward paths that start at the rows. */
class ForwardSimulationTest {
    private static final int ROWS = 400;

    /**
     * Some thousand entries are compared, of products with heavier tails than the normal; 4 standard errors are
     * exceeded by chance once in 16,000. Beyond 5.5 no entry may lie, beyond 4 one in 500.
     */
    private static final double LARGEST_SCORE = 5.5;

    /**
     * Relative error of products of mean-field functions, which are expanded in 22 of them. It is all there is where the
     * marginal is found to be normal and Gamma(phi_1) is a constant, which no path changes.
     */
    private static final double PRODUCTS = 1e-6;

    private static final double SCORE = 4;
    private static final double SHARE = 1 / 500.0;

    static Stream<List<String>> triples() {
        return Families.triples();
    }

    @ParameterizedTest
    @MethodSource("triples")
    void averagesOverPaths(List<String> families) {
        check(families, 6, new double[] {0.4});
    }

    @ParameterizedTest
    @MethodSource("triples")
    @Tag("slow")
    void averagesOverManyPathsAtSeveralTimes(List<String> families) {
        check(families, 40, new double[] {0.02, 0.2, 1});
    }

    private static void check(List<String> families, int pathsARow, double[] times) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 2);
        ProductBasis basis = Families.complete(coordinates, 3);
        Points rows = Families.rows(families, ROWS, 31);
        MomentTable table = AssemblerTest.table(basis, rows);
        Assembler assembler = new Assembler(table.layout(), basis);
        Points paths = starts(rows, pathsARow);
        double before = 0;
        for (double t : times) {
            move(coordinates, paths, before, t);
            before = t;
            Averages averages = new Averages(basis, paths);
            SymmetricMatrix matrix = assembler.matrix(table.means(), t);
            double[] rhs = assembler.rhs(table.functionMeans(basis), t);
            int beyond = 0;
            int entries = 0;
            for (int a = 0; a < basis.size(); a++) {
                for (int b = 0; b <= a; b++) {
                    double score = averages.score(a, b, matrix.get(a, b));
                    assertTrue(score < LARGEST_SCORE, families + " A[" + a + "," + b + "](" + t + "): " + score);
                    beyond += score > SCORE ? 1 : 0;
                    entries++;
                }
                // b = -E L phi = lambda E_{p_t} phi, scaled by its root.
                double score = averages.meanScore(a, rhs[a] / Math.sqrt(basis.rate(a)));
                assertTrue(score < LARGEST_SCORE, families + " b[" + a + "](" + t + "): " + score);
                beyond += score > SCORE ? 1 : 0;
                entries++;
            }
            assertTrue(beyond <= 1 + SHARE * entries, families + ": " + beyond + " of " + entries + " beyond 4");
        }
    }

    /** Means and standard errors of scaled Gamma(phi_a, phi_b) and of phi_a over points. */
    private static final class Averages {
        private final int points;
        private final double[][] sum;
        private final double[][] squares;
        private final double[] means;
        private final double[] meanSquares;

        Averages(ProductBasis basis, Points ends) {
            int size = basis.size();
            this.points = ends.size();
            this.sum = new double[size][size];
            this.squares = new double[size][size];
            this.means = new double[size];
            this.meanSquares = new double[size];
            int[][] degrees = Families.multiDegrees(basis);
            for (int n = 0; n < points; n++) {
                double[] x = ends.row(n);
                double[][] gradients = Carre.gradients(basis, degrees, x);
                double[][] values = values(basis, x);
                for (int a = 0; a < size; a++) {
                    for (int b = 0; b <= a; b++) {
                        double gamma = Carre.dot(gradients[a], gradients[b]) / Math.sqrt(basis.rate(a) * basis.rate(b));
                        sum[a][b] += gamma;
                        squares[a][b] += gamma * gamma;
                    }
                    double phi = 1;
                    for (int i = 0; i < x.length; i++) {
                        phi *= values[i][degrees[a][i]];
                    }
                    means[a] += phi;
                    meanSquares[a] += phi * phi;
                }
            }
        }

        private static double[][] values(ProductBasis basis, double[] x) {
            double[][] values = new double[x.length][];
            for (int i = 0; i < x.length; i++) {
                values[i] = new double[basis.coordinate(i).size()];
                basis.coordinate(i).basis().values(values[i].length, x, i, 1, values[i]);
            }
            return values;
        }

        double score(int a, int b, double expected) {
            return score(sum[a][b], squares[a][b], expected);
        }

        double meanScore(int a, double expected) {
            return score(means[a], meanSquares[a], expected);
        }

        private double score(double total, double totalSquares, double expected) {
            double mean = total / points;
            // Gamma of disjoint supports is 0 at every point, and must be so in the matrix.
            double variance = Math.max(0, totalSquares / points - mean * mean) / points;
            double error = Math.sqrt(variance) + PRODUCTS * Math.abs(expected);
            return mean == expected ? 0 : Math.abs(mean - expected) / error;
        }
    }

    private static Points starts(Points rows, int pathsARow) {
        Points starts = Points.zeros(rows.dim(), rows.size() * pathsARow);
        for (int from = 0; from < starts.size(); from += rows.size()) {
            starts.paste(from, rows);
        }
        return starts;
    }

    /** Carries paths from one time to a later one. */
    private static void move(List<CoordinateBasis> coordinates, Points paths, double from, double to) {
        // Numbers of their own for each stretch of a path.
        CounterRandom random = new CounterRandom(32 + Double.doubleToLongBits(from));
        for (int i = 0; i < paths.dim(); i++) {
            Eigenbasis basis = coordinates.get(i).basis();
            double own = coordinates.get(i).timeScale() * (to - from);
            for (int n = 0; n < paths.size(); n++) {
                long stream = (long) i * paths.size() + n;
                paths.set(i, n, transition(basis, paths.get(i, n), own, random, stream));
            }
        }
    }

    /** Exact where the transition law is known, otherwise Euler and Maruyama's steps. */
    private static double transition(Eigenbasis basis, double x, double t, CounterRandom random, long stream) {
        if (basis.ornsteinUhlenbeck()) {
            return x * Math.exp(-t) + Math.sqrt(-Math.expm1(-2 * t)) * random.normal(stream, 0);
        }
        boolean driftless = basis.drift(basis.quantile(0.3)) == 0 && basis.drift(basis.quantile(0.9)) == 0;
        if (driftless) {
            return basis.domain().confine(x + Math.sqrt(2 * t) * random.normal(stream, 0));
        }
        // Steps of a 500th of the slowest relaxation: the weak error, of first order, is below the standard error.
        double step = 1 / (500 * basis.eigenvalue(1));
        int steps = (int) Math.ceil(t / step);
        double h = t / steps;
        double here = x;
        for (int s = 0; s < steps; s++) {
            double noise = Math.sqrt(2 * Math.max(0, basis.diffusion(here)) * h) * random.normal(stream, s);
            here = basis.domain() instanceof Domain.Line
                    ? here + h * basis.drift(here) + noise
                    : basis.domain().confine(here + h * basis.drift(here) + noise);
        }
        return here;
    }
}
