package org.eigendrift.engine.gibbs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.pass.Summary;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.kernel.MatrixKernel;

/**
 * What keeps a Gibbs density where rows are. Score matching sees h at the rows alone: beyond their range functions level off,
 * and with them the interactions that hold strongly coupled columns together, and in corners of a pair's square that no row
 * comes near h is whatever its functions happen to add up to. With P the inverse of the covariance, the residual of
 * coordinate i given the others is
 *
 * <pre>r_i = sum_j P_ij (z_j - m_j) / P_ii,    of deviation s_i = P_ii^{-1/2}.</pre>
 *
 * Beyond the ranges in which coordinates and their residuals were seen, the law falls at first like the normal law of that
 * deviation, then faster, because h may add up to tens of nats in a corner:
 *
 * <pre>c = sum_i [w(dist(z_i, range of z_i) / s_i) + w(dist(r_i, range of r_i) / s_i)],    w(u) = u^2 / 2 + u^4 / 4.</pre>
 *
 * Where no two rows' values of an interacting pair were seen together ({@link Occupancy}), the law is moreover at most as
 * probable as the rarest draws of the flow, and less with every cell further away.
 *
 * <p>Angles, which have no such range, take no part, and coordinates with bounds are confined by their residuals alone. Immutable,
 * thread-safe.
 */
public final class Confinement {
    private final List<CoordinateBasis.Range> ranges;
    private final double[] means;
    /** P, with rows and columns of zeros for angles. */
    private final double[] precision;
    /** Range of P_ii r_i, in that scale to save a division. */
    private final double[] lower;

    private final double[] upper;
    /** Cells of equal width, which see far corners, and of equal probability, which see fine structure; or none. */
    private final List<Occupancy> cells;

    private Confinement(
            List<CoordinateBasis.Range> ranges,
            double[] means,
            double[] precision,
            double[] lower,
            double[] upper,
            List<Occupancy> cells) {
        this.cells = cells;
        this.ranges = ranges;
        this.means = means;
        this.precision = precision;
        this.lower = lower;
        this.upper = upper;
    }

    /**
     * No confinement at all.
     *
     * @param dim coordinates
     * @return c = 0
     */
    public static Confinement none(int dim) {
        double[] lower = new double[dim];
        double[] upper = new double[dim];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        Arrays.fill(upper, Double.POSITIVE_INFINITY);
        return new Confinement(
                Collections.nCopies(dim, CoordinateBasis.Range.ALL),
                new double[dim],
                new double[dim * dim],
                lower,
                upper,
                List.of());
    }

    /**
     * The confinement to where rows are, in two passes.
     *
     * @param framed rows in frame coordinates
     * @param basis their bases, whose ranges are those of the coordinates
     * @return the confinement
     * @throws org.eigendrift.api.NumericalException if a coordinate follows from the others
     */
    public static Confinement of(Dataset framed, ProductBasis basis) {
        int dim = basis.dim();
        int[] lines = lines(basis);
        Covariance covariance = Covariance.of(framed, lines.length, new Lines(lines));
        double[] inverse = LowerTriangle.inverseOfSymmetric(covariance.matrix(), lines.length);
        double[] means = new double[dim];
        double[] precision = new double[dim * dim];
        for (int a = 0; a < lines.length; a++) {
            means[lines[a]] = covariance.means()[a];
            for (int b = 0; b < lines.length; b++) {
                precision[lines[a] * dim + lines[b]] = inverse[a * lines.length + b];
            }
        }
        double[] lower = new double[dim];
        double[] upper = new double[dim];
        Arrays.fill(lower, Double.POSITIVE_INFINITY);
        Arrays.fill(upper, Double.NEGATIVE_INFINITY);
        int bins = Occupancy.bins(covariance.rows());
        List<Occupancy> none = List.of(
                Occupancy.empty(basis, edges(basis, bins, false)), Occupancy.empty(basis, edges(basis, bins, true)));
        return new Confinement(ranges(basis), means, precision, lower, upper, none).widened(framed, basis);
    }

    private static List<CoordinateBasis.Range> ranges(ProductBasis basis) {
        return basis.coordinates().stream().map(CoordinateBasis::range).toList();
    }

    /** Ends of cells over the range, or the domain where there is none: of equal width, or of equal probability under pi. */
    private static double[][] edges(ProductBasis basis, int bins, boolean probable) {
        double[][] edges = new double[basis.dim()][bins + 1];
        for (int i = 0; i < edges.length; i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            boolean ranged = !coordinate.range().equals(CoordinateBasis.Range.ALL);
            double lower = ranged
                    ? coordinate.range().lower()
                    : coordinate.basis().domain().lower();
            double upper = ranged
                    ? coordinate.range().upper()
                    : coordinate.basis().domain().upper();
            edges[i][0] = lower;
            edges[i][bins] = upper;
            for (int k = 1; k < bins; k++) {
                double u = (double) k / bins;
                double edge = probable ? coordinate.basis().quantile(u) : lower + u * (upper - lower);
                edges[i][k] = Math.max(edges[i][k - 1], Math.min(upper, edge));
            }
        }
        return edges;
    }

    private static int[] lines(ProductBasis basis) {
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < basis.dim(); i++) {
            if (!(basis.coordinate(i).basis().domain() instanceof Domain.Circle)) {
                lines.add(i);
            }
        }
        return lines.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The same confinement, also to where other rows are.
     *
     * @param framed rows in frame coordinates
     * @param wider the bases, with the ranges of all rows
     * @return a new confinement
     */
    public Confinement widened(Dataset framed, ProductBasis wider) {
        Visited visited = Plan.read(new Visits(this)).run(Passes.over(framed, RunContext.quiet(0)));
        visited.marked.forEach(Occupancy::spread);
        return new Confinement(ranges(wider), means, precision, visited.low, visited.high, visited.marked);
    }

    private record Lines(int[] lines) implements Covariance.Features {
        @Override
        public void of(Points rows, int count, double[] out) {
            for (int a = 0; a < lines.length; a++) {
                System.arraycopy(rows.values(), rows.offset(lines[a]), out, a * count, count);
            }
        }
    }

    /** Where rows were, so far. */
    private record Visited(double[] low, double[] high, List<Occupancy> marked) {}

    /** Ranges of residuals and cells, also of other rows. */
    private record Visits(Confinement before) implements Summary<Visited> {
        @Override
        public String label() {
            return "where rows are";
        }

        @Override
        public Visited zero() {
            return new Visited(
                    before.lower.clone(),
                    before.upper.clone(),
                    before.cells.stream().map(Occupancy::copy).toList());
        }

        @Override
        public void add(Visited into, Points rows, long first) {
            int dim = before.means.length;
            int count = rows.size();
            double[] work = new double[2 * dim * count];
            into.marked.forEach(cells -> cells.mark(rows));
            before.residuals(rows, work);
            for (int i = 0; i < dim; i++) {
                for (int n = 0; n < count; n++) {
                    into.low[i] = Math.min(into.low[i], work[i * count + n]);
                    into.high[i] = Math.max(into.high[i], work[i * count + n]);
                }
            }
        }

        @Override
        public void merge(Visited into, Visited other) {
            for (int i = 0; i < into.low.length; i++) {
                into.low[i] = Math.min(into.low[i], other.low[i]);
                into.high[i] = Math.max(into.high[i], other.high[i]);
            }
            for (int k = 0; k < into.marked.size(); k++) {
                into.marked.get(k).mark(other.marked.get(k));
            }
        }

        @Override
        public State write(Visited gathered) {
            Map<String, double[]> arrays = new TreeMap<>(Map.of("low", gathered.low, "high", gathered.high));
            for (int k = 0; k < gathered.marked.size(); k++) {
                arrays.put("cells" + k, gathered.marked.get(k).numbers());
            }
            return State.of(arrays);
        }

        @Override
        public Visited read(State state) {
            Visited read = zero();
            int dim = read.low.length;
            System.arraycopy(state.get("low", dim), 0, read.low, 0, dim);
            System.arraycopy(state.get("high", dim), 0, read.high, 0, dim);
            for (int k = 0; k < read.marked.size(); k++) {
                read.marked.get(k).markWhereZero(state.get("cells" + k));
            }
            return read;
        }
    }

    /**
     * The confinement to where the rows of either are.
     *
     * @param other of the same covariance
     * @param wider the bases, with the ranges of all rows
     * @return a new confinement
     */
    public Confinement union(Confinement other, ProductBasis wider) {
        double[] low = lower.clone();
        double[] high = upper.clone();
        for (int i = 0; i < low.length; i++) {
            low[i] = Math.min(low[i], other.lower[i]);
            high[i] = Math.max(high[i], other.upper[i]);
        }
        List<Occupancy> marked = cells.stream().map(Occupancy::copy).toList();
        for (int k = 0; k < marked.size(); k++) {
            marked.get(k).mark(other.cells.get(k));
            marked.get(k).spread();
        }
        return new Confinement(ranges(wider), means, precision, low, high, marked);
    }

    /** P (z - m) of points; row i of the first part of {@code out}. */
    private void residuals(Points z, double[] out) {
        int dim = means.length;
        int count = z.size();
        int centred = dim * count;
        Arrays.fill(out, 0, centred, 0);
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < count; n++) {
                out[centred + i * count + n] = z.values()[z.offset(i) + n] - means[i];
            }
        }
        double[] values = Arrays.copyOfRange(out, centred, 2 * centred);
        MatrixKernel.multiplyAdd(dim, dim, count, precision, 0, dim, values, 0, count, out, 0, count);
    }

    /** How many cells points are away from where rows were seen: 0 there, or beside it; a new array. */
    int[] strangeness(Points z) {
        int[] worst = new int[z.size()];
        cells.forEach(occupancy -> occupancy.strangeness(z, worst));
        return worst;
    }

    /** Subtracts c of points. */
    void subtract(Points z, double[] out) {
        int dim = means.length;
        int count = z.size();
        double[] work = new double[2 * dim * count];
        residuals(z, work);
        for (int i = 0; i < dim; i++) {
            double root = Math.sqrt(precision[i * dim + i]);
            CoordinateBasis.Range range = ranges.get(i);
            for (int n = 0; n < count && root > 0; n++) {
                out[n] -= wall(beyond(work[i * count + n], lower[i], upper[i]) / root)
                        + wall(beyond(z.get(i, n), range.lower(), range.upper()) * root);
            }
        }
    }

    /** Subtracts the gradient of c. */
    void subtractGradient(Points z, Points out) {
        int dim = means.length;
        int count = z.size();
        double[] work = new double[2 * dim * count];
        residuals(z, work);
        boolean any = false;
        for (int i = 0; i < dim; i++) {
            double root = Math.sqrt(precision[i * dim + i]);
            CoordinateBasis.Range range = ranges.get(i);
            for (int n = 0; n < count; n++) {
                double slope = 0;
                if (root > 0) {
                    slope = slope(beyond(work[i * count + n], lower[i], upper[i]) / root) / root;
                    out.values()[out.offset(i) + n] -=
                            slope(beyond(z.get(i, n), range.lower(), range.upper()) * root) * root;
                }
                any |= slope != 0;
                work[i * count + n] = -slope;
            }
        }
        if (any) {
            MatrixKernel.multiplyAdd(dim, dim, count, precision, 0, dim, work, 0, count, out.values(), 0, count);
        }
    }

    /**
     * Moves points towards the mean until c is 0: starts of a walk, which far up the walls would not move.
     *
     * @param z points; modified
     */
    void pull(Points z) {
        int dim = means.length;
        int count = z.size();
        double[] work = new double[2 * dim * count];
        residuals(z, work);
        double[] shares = new double[count];
        Arrays.fill(shares, 1);
        for (int i = 0; i < dim; i++) {
            double low = ranges.get(i).lower() - means[i];
            double high = ranges.get(i).upper() - means[i];
            for (int n = 0; n < count && precision[i * dim + i] > 0; n++) {
                double share = Math.min(
                        share(work[i * count + n], lower[i], upper[i]), share(z.get(i, n) - means[i], low, high));
                shares[n] = Math.min(shares[n], share);
            }
        }
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < count && precision[i * dim + i] > 0; n++) {
                if (shares[n] < 1) {
                    z.set(i, n, means[i] + shares[n] * (z.get(i, n) - means[i]));
                }
            }
        }
    }

    /** The largest share of a number that lies in a range around 0. */
    private static double share(double value, double lower, double upper) {
        return value > upper ? upper / value : value < lower ? lower / value : 1;
    }

    private static double wall(double u) {
        return u * u * (0.5 + 0.25 * u * u);
    }

    private static double slope(double u) {
        return u + u * u * u;
    }

    /** The signed distance from a range. */
    private static double beyond(double value, double lower, double upper) {
        return value > upper ? value - upper : Math.min(0, value - lower);
    }

    /**
     * What must be the same of two confinements that are united.
     *
     * @return means and inverse covariance
     */
    public State scale() {
        return State.of(Map.of("means", means, "precision", precision));
    }

    /**
     * The numbers that make the confinement, without the ranges of the bases.
     *
     * @return its state
     */
    public State state() {
        Map<String, double[]> arrays =
                new TreeMap<>(Map.of("means", means, "precision", precision, "lower", lower, "upper", upper));
        for (int k = 0; k < cells.size(); k++) {
            arrays.put("cells" + k, cells.get(k).numbers());
            arrays.put("edges" + k, cells.get(k).edges());
        }
        return State.of(arrays);
    }

    /**
     * Makes a confinement again.
     *
     * @param basis the bases
     * @param state what {@link #state} returned
     * @return the same confinement, bit for bit
     * @throws InputException if the state is damaged
     * @throws IllegalArgumentException if its cells are
     */
    public static Confinement restore(ProductBasis basis, State state) {
        int dim = basis.dim();
        double[] means = state.get("means", dim);
        double[] precision = state.get("precision", Math.multiplyExact(dim, dim));
        double[] lower = state.get("lower", dim);
        double[] upper = state.get("upper", dim);
        boolean valid = Arrays.stream(means).allMatch(Double::isFinite)
                && Arrays.stream(precision).allMatch(Double::isFinite);
        for (int i = 0; i < dim; i++) {
            valid &= precision[i * dim + i] >= 0 && lower[i] <= 0 && upper[i] >= 0;
        }
        if (!valid) {
            throw new InputException("the confinement is damaged; expected finite numbers and ranges around 0");
        }
        List<Occupancy> cells = new ArrayList<>();
        for (int k = 0; k < 2; k++) {
            cells.add(Occupancy.restore(basis, state.get("edges" + k), state.get("cells" + k)));
        }
        return new Confinement(ranges(basis), means, precision, lower, upper, List.copyOf(cells));
    }
}
