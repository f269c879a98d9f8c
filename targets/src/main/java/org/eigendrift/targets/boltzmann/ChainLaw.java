package org.eigendrift.targets.boltzmann;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;

/**
 * The exact law of a quartic field on an open chain, by the transfer operator. With site factor w(x) = exp(-V(x)) and bond
 * factor k(x - y) = exp(-J (x - y)^2 / 2) the messages
 *
 * <pre>m_d(x) = end(x),   m_i(x) = integral k(x - y) w(y) m_{i+1}(y) dy,   Z = integral end(x) w(x) m_1(x) dx</pre>
 *
 * <p>are integrated by the trapezoid rule, which converges faster than any power for such functions. Rows are drawn site by
 * site from p(x_i | x_{i-1}) ~ k(x_{i-1} - x_i) w(x_i) m_i(x_i) by inverting its distribution function, with the density
 * taken linear between grid points: of the exact law up to the square of the grid's spacing.
 */
final class ChainLaw implements KnownLaw {
    /** Grid points. With 1,001 the log partition function is converged to rounding for chains of hundreds of sites. */
    private static final int GRID = 1001;

    /** Site factors below exp(-60) of the largest are left out. */
    private static final double NEGLIGIBLE = 60;

    /** Shares of a distribution below this, times the number of grid points, are lost in its rounding. */
    private static final double ROUNDING = 1e-20;

    private final QuarticField field;
    private final int sites;
    private final double lower;
    private final double spacing;
    private final double[] siteEnergy;
    private final double[][] tails;
    private final double logPartition;

    /**
     * Computes the messages.
     *
     * @param field a field on an open chain
     */
    ChainLaw(QuarticField field) {
        this.field = field;
        this.sites = field.lattice().sites();
        double reach = reach(field);
        this.lower = -reach;
        this.spacing = 2 * reach / (GRID - 1);
        this.siteEnergy = new double[GRID];
        for (int j = 0; j < GRID; j++) {
            double s = Math.pow(lower + j * spacing, 2);
            siteEnergy[j] = field.c0() + s * (field.c2() + field.c4() * s);
        }
        this.tails = new double[sites][GRID];
        this.logPartition = messages();
    }

    /** Where the site factor, without its neighbours, becomes negligible. */
    private static double reach(QuarticField field) {
        double least = field.c2() < 0 ? -field.c2() * field.c2() / (4 * field.c4()) : 0;
        double reach = 1;
        while (reach * reach * (field.c2() + field.c4() * reach * reach) < least + NEGLIGIBLE) {
            reach *= 1.02;
        }
        return reach;
    }

    private double wall(int site, double x) {
        return 0.5 * field.coupling() * field.lattice().walls()[site] * x * x;
    }

    /**
     * Fills tails[i][j] with w(x_j) wall_i(x_j) m_i(x_j), the factor of site i and of all after it, divided by its largest;
     * returns log Z.
     */
    private double messages() {
        double[] bond = new double[GRID];
        for (int j = 0; j < GRID; j++) {
            bond[j] = Math.exp(-0.5 * field.coupling() * Math.pow(j * spacing, 2));
        }
        double shift = 0;
        for (int i = sites - 1; i >= 0; i--) {
            double[] tail = tails[i];
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < GRID; j++) {
                tail[j] = -siteEnergy[j] - wall(i, lower + j * spacing);
                if (i < sites - 1) {
                    tail[j] += Math.log(message(bond, tails[i + 1], j) * spacing) + shift;
                }
                largest = Math.max(largest, tail[j]);
            }
            shift = largest;
            for (int j = 0; j < GRID; j++) {
                tail[j] = Math.exp(tail[j] - shift);
            }
        }
        double sum = 0;
        for (double value : tails[0]) {
            sum += value;
        }
        return Math.log(sum * spacing) + shift;
    }

    private static double message(double[] bond, double[] next, int at) {
        double sum = 0;
        for (int k = 0; k < at; k++) {
            sum += bond[at - k] * next[k];
        }
        for (int k = at; k < GRID; k++) {
            sum += bond[k - at] * next[k];
        }
        return sum;
    }

    /** log Z. */
    double logPartition() {
        return logPartition;
    }

    @Override
    public List<Column> columns() {
        return IntStream.rangeClosed(1, sites)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
    }

    @Override
    public void draw(CounterRandom random, long first, int count, Points out) {
        Conditional conditional = new Conditional();
        for (int n = 0; n < count; n++) {
            double before = 0;
            for (int i = 0; i < sites; i++) {
                if (i == 0) {
                    conditional.begin(tails[0]);
                } else {
                    conditional.follow(before, tails[i]);
                }
                before = conditional.invert(random.uniform(first + n, i));
                out.set(i, n, before);
            }
        }
    }

    /** The density of one site given the one before, on the grid points {@code from} to {@code to}; work space of one thread. */
    private final class Conditional {
        private final double[] density = new double[GRID];
        private int from;
        private int to;
        private double sum;

        void begin(double[] tail) {
            System.arraycopy(tail, 0, density, 0, GRID);
            from = 0;
            to = GRID - 1;
            sum = 0;
            for (double value : tail) {
                sum += value;
            }
        }

        /**
         * density[k] = exp(-J (x_k - before)^2 / 2) tail[k], outwards from the grid point next to {@code before}, the Gaussian by
         * the recurrence of its ratios. As tail[k] is at most 1 and the Gaussian falls, what lies beyond a negligible
         * Gaussian is negligible.
         */
        void follow(double before, double[] tail) {
            int middle = Math.max(0, Math.min(GRID - 1, (int) Math.rint((before - lower) / spacing)));
            double coupling = field.coupling();
            double offset = lower + middle * spacing - before;
            double ratio = Math.exp(-coupling * spacing * spacing);
            double factor = Math.exp(-0.5 * coupling * offset * offset);
            double step = Math.exp(-coupling * spacing * (offset + 0.5 * spacing));
            double value = factor;
            sum = 0;
            to = middle;
            for (int k = middle; k < GRID && value > ROUNDING * sum; k++) {
                density[k] = value * tail[k];
                sum += density[k];
                value *= step;
                step *= ratio;
                to = k;
            }
            step = Math.exp(-coupling * spacing * (0.5 * spacing - offset));
            value = factor * step;
            from = middle;
            for (int k = middle - 1; k >= 0 && value > ROUNDING * sum; k--) {
                density[k] = value * tail[k];
                sum += density[k];
                step *= ratio;
                value *= step;
                from = k;
            }
        }

        /** The x at which the piecewise linear density has left the share {@code u} behind. */
        double invert(double u) {
            double wanted = u * (sum - 0.5 * (density[from] + density[to]));
            int k = from;
            double cell = 0.5 * (density[k] + density[k + 1]);
            while (wanted > cell && k < to - 1) {
                wanted -= cell;
                k++;
                cell = 0.5 * (density[k] + density[k + 1]);
            }
            // Within the cell a s + (b - a) s^2 / 2 = wanted, solved without cancellation.
            double a = density[k];
            double slope = density[k + 1] - a;
            double root = Math.sqrt(Math.max(0, a * a + 2 * slope * wanted));
            double s = a + root == 0 ? 0.5 : Math.min(1, 2 * wanted / (a + root));
            return lower + (k + s) * spacing;
        }
    }

    @Override
    public void logDensity(Points x, double[] out) {
        field.energy(x, out);
        for (int n = 0; n < x.size(); n++) {
            out[n] = -out[n] - logPartition;
        }
    }

    @Override
    public Optional<Potential> potential() {
        return Optional.of(field);
    }
}
