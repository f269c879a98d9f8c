package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.pass.InOrder;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.bases.marginal.ColumnSummary;
import org.eigendrift.bases.marginal.RowSample;
import org.eigendrift.bases.numeric.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * Principal components of the real columns, each divided by its standard deviation, see {@link Whitening}. Two passes:
 * means and deviations, then the covariance of the standardised columns, which does not cancel.
 *
 * <p>With few rows for many columns the smallest components of a sample are far too small. Correlations R can be shrunk
 * to (1 - s) R + s I with the share s that minimises the expected squared error (Ledoit and Wolf, J. Multivariate Anal.
 * 88, 2004): s = min(1, beta / ||R - I||^2), beta = (sum_n |z_n|^4 / n - ||R||^2) / n, over standardised rows z_n.
 */
public final class WhitenFrame implements FrameProvider<WhitenFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** A variance below this share of the largest is within the rounding of sums over some 100 columns. */
    private static final double DEPENDENT = 1e-12;

    /** Columns that carry less than this share of a dependency are not named in its refusal. */
    private static final double NAMED = 0.05;

    /**
     * Options.
     *
     * @param columns names of the columns to map
     * @param scale whether components are those of the correlation matrix
     * @param shrink whether correlations are shrunk
     * @param rank components that functions depend on
     */
    public record Options(
            @Option(doc = "names of the columns to map; empty for all real ones", value = "[]")
            List<String> columns,

            @Option(
                    doc =
                            "true for components of the correlation matrix, for columns in different units; false for those of the covariance",
                    value = "false")
            boolean scale,

            @Option(
                    doc = "whether correlations are shrunk towards 0 by as much as the number of rows asks for",
                    value = "false")
            boolean shrink,

            @Option(
                    doc =
                            "number of leading components that functions depend on; the others are left to the normal law."
                                    + " auto: all; with shrunk correlations of more than 16 columns of fewer than two rows each, one for ten rows",
                    value = "auto",
                    min = 1)
            OptionalInt rank) {}

    /** Creates the provider. */
    public WhitenFrame() {}

    @Override
    public String name() {
        return "whiten";
    }

    @Override
    public String summary() {
        return "principal components of the real columns, each with variance 1";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Optional<Offer> offer(FrameUse use) {
        return use instanceof FrameUse.Uncorrelated
                ? Optional.of(new Offer(1, Map.of("scale", true, "shrink", true)))
                : Optional.empty();
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        int[] mapped = selection(options, columns);
        return ColumnSummary.of(columns).then(summary -> plan(options, columns, mapped, summary));
    }

    private static Plan<Frame> plan(Options options, List<Column> columns, int[] mapped, ColumnSummary summary) {
        int size = mapped.length;
        double[] mean = new double[size];
        double[] deviation = new double[size];
        for (int i = 0; i < size; i++) {
            summary.requireSpread(mapped[i], "frame 'whiten'");
            mean[i] = summary.mean(mapped[i]);
            deviation[i] = summary.deviation(mapped[i]);
        }
        if (options.shrink() && options.scale() && WideWhitening.serves(summary.rows(), columns.size(), size)) {
            // Refuses a rank above the columns.
            rank(options, size);
            return RowSample.of(columns.size()).map(rows -> WideWhitening.of(columns, mapped, rows, options.rank()));
        }
        return Plan.read(new Products(mapped, mean, deviation)).map(folded -> {
            DMatrixRMaj correlation = correlation(folded.numbers(), size, summary.rows(), options.shrink());
            return fitted(options, columns, mapped, mean, deviation, correlation, summary.rows());
        });
    }

    private static Frame fitted(
            Options options,
            List<Column> columns,
            int[] mapped,
            double[] mean,
            double[] deviation,
            DMatrixRMaj correlation,
            long rows) {
        int size = mapped.length;
        SymmetricEigen independent = SymmetricEigen.of(correlation.copy());
        if (independent.values()[0] <= DEPENDENT * independent.values()[size - 1]) {
            throw dependent(columns, mapped, independent.vectors()[0], rows);
        }
        double[] unit = new double[size];
        for (int i = 0; i < size; i++) {
            unit[i] = options.scale() ? deviation[i] : 1;
        }
        SymmetricEigen components =
                options.scale() ? independent : SymmetricEigen.of(covariance(correlation, deviation));
        if (components.values()[0] <= DEPENDENT * components.values()[size - 1]) {
            throw new InputException("frame 'whiten': the columns' variances span more than twelve decades; set scale:"
                    + " true to take components of the correlation matrix");
        }
        return Whitening.of(columns, mapped, mean, unit, components, rank(options, size));
    }

    /** Sums of products of standardised columns, the lower triangle row by row, then of the fourth powers of the lengths of rows. */
    private static final class Products implements InOrder {
        private final int[] mapped;
        private final double[] mean;
        private final double[] deviation;

        Products(int[] mapped, double[] mean, double[] deviation) {
            this.mapped = mapped;
            this.mean = mean;
            this.deviation = deviation;
        }

        @Override
        public double[] none() {
            return new double[mapped.length * mapped.length + 1];
        }

        @Override
        public double[] of(Points rows, long first) {
            int size = mapped.length;
            double[] sums = none();
            double[][] standardised = new double[size][rows.size()];
            for (int i = 0; i < size; i++) {
                int at = rows.offset(mapped[i]);
                for (int n = 0; n < rows.size(); n++) {
                    standardised[i][n] = (rows.values()[at + n] - mean[i]) / deviation[i];
                }
                for (int j = 0; j <= i; j++) {
                    sums[i * size + j] = dot(standardised[i], standardised[j]);
                }
            }
            sums[size * size] = fourthPowers(standardised, rows.size());
            return sums;
        }

        @Override
        public void fold(double[] before, double[] block) {
            for (int a = 0; a < before.length; a++) {
                before[a] += block[a];
            }
        }
    }

    private static DMatrixRMaj correlation(double[] sums, int size, long rows, boolean shrink) {
        double share = shrink ? share(sums, size, sums[size * size] / rows, rows) : 0;
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double value = (i == j ? 1 : 1 - share) * sums[i * size + j] / rows;
                matrix.set(i, j, value);
                matrix.set(j, i, value);
            }
        }
        return matrix;
    }

    /** Sum of the fourth powers of the lengths of rows. */
    private static double fourthPowers(double[][] standardised, int count) {
        double[] squares = new double[count];
        for (double[] column : standardised) {
            for (int n = 0; n < count; n++) {
                squares[n] += column[n] * column[n];
            }
        }
        return dot(squares, squares);
    }

    private static double share(double[] sums, int size, double fourth, long rows) {
        double norm = 0;
        double correlated = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double value = sums[Math.max(i, j) * size + Math.min(i, j)] / rows;
                norm += value * value;
                correlated += i == j ? 0 : value * value;
            }
        }
        return correlated == 0 ? 0 : Math.min(1, Math.max(0, (fourth - norm) / rows) / correlated);
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int n = 0; n < x.length; n++) {
            sum += x[n] * y[n];
        }
        return sum;
    }

    private static DMatrixRMaj covariance(DMatrixRMaj correlation, double[] deviation) {
        DMatrixRMaj covariance = correlation.copy();
        for (int i = 0; i < deviation.length; i++) {
            for (int j = 0; j < deviation.length; j++) {
                covariance.set(i, j, covariance.get(i, j) * deviation[i] * deviation[j]);
            }
        }
        return covariance;
    }

    private static InputException dependent(List<Column> columns, int[] mapped, double[] direction, long rows) {
        if (rows <= mapped.length) {
            return new InputException("frame 'whiten' maps " + mapped.length + " columns but there are only " + rows
                    + " rows; expected more rows than columns: name fewer in option columns");
        }
        double largest = 0;
        for (double weight : direction) {
            largest = Math.max(largest, Math.abs(weight));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < mapped.length; i++) {
            if (Math.abs(direction[i]) > NAMED * largest) {
                names.add("'" + columns.get(mapped[i]).name() + "'");
            }
        }
        return new InputException("frame 'whiten': the columns " + String.join(", ", names)
                + " are linearly dependent; leave one of them out, or name the others in option columns");
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        int[] mapped = selection(options, columns);
        return state.names().contains("rank")
                ? WideWhitening.restore(columns, mapped, state)
                : Whitening.restore(columns, mapped, state, rank(options, mapped.length));
    }

    private static int rank(Options options, int size) {
        int rank = options.rank().orElse(size);
        if (rank > size) {
            throw new InputException("frame 'whiten': rank " + rank + " of " + size
                    + " columns; expected a number in [1, " + size + "]");
        }
        return rank;
    }

    private int[] selection(Options options, List<Column> columns) {
        boolean[] selected = Selection.of(name(), columns, options.columns(), kind -> kind == Column.Kind.REAL);
        int[] mapped = new int[columns.size()];
        int count = 0;
        for (int i = 0; i < selected.length; i++) {
            if (selected[i]) {
                mapped[count++] = i;
            }
        }
        if (count == 0) {
            throw new InputException("frame 'whiten' maps real columns but there are none; leave the frame out");
        }
        return Arrays.copyOf(mapped, count);
    }
}
