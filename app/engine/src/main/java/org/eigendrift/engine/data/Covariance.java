package org.eigendrift.engine.data;

import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.pass.InOrder;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.moment.SumPass;

/**
 * The covariance of numbers that follow from rows, summed in one pass, block by block in their order.
 *
 * @param means one for each number; shared, not to be modified
 * @param matrix row-major, both triangles; shared, not to be modified
 * @param rows rows averaged over
 */
public record Covariance(double[] means, double[] matrix, long rows) {

    /** Computes the numbers of a chunk. */
    @FunctionalInterface
    public interface Features {
        /**
         * Computes them.
         *
         * @param rows a batch of at least {@code count} rows; not modified
         * @param count rows that count
         * @param out receives number a of row n at {@code a * count + n}; modified
         */
        void of(Points rows, int count, double[] out);
    }

    /**
     * Of the columns themselves.
     *
     * @param data the rows
     * @return their covariance
     */
    public static Covariance ofColumns(Dataset data) {
        return of(data, data.dim(), Covariance::columns);
    }

    private static void columns(Points rows, int count, double[] out) {
        for (int i = 0; i < rows.dim(); i++) {
            System.arraycopy(rows.values(), rows.offset(i), out, i * count, count);
        }
    }

    /**
     * Averages.
     *
     * @param data the rows
     * @param size how many numbers there are
     * @param features computes them; travels to where the rows are
     * @return the covariance
     */
    public static Covariance of(Dataset data, int size, Features features) {
        Points first = InMemory.read(data, 1);
        if (first.size() == 0) {
            return new Sum(size, features).covariance();
        }
        double[] shift = new double[size];
        features.of(first, 1, shift);
        Products products = new Products(size, features, shift);
        return Plan.read(products)
                .map(folded -> products.covariance(folded.numbers()))
                .run(Passes.over(data, RunContext.quiet(0)));
    }

    /** The number of rows, then sums, then sums of products, of numbers less those of the first row. */
    private record Products(int size, Features features, double[] shift) implements InOrder {
        @Override
        public double[] none() {
            return new double[1 + size + size * size];
        }

        @Override
        public double[] of(Points rows, long first) {
            Sum sum = new Sum(size, features);
            sum.shift = shift;
            sum.add(rows);
            double[] numbers = none();
            numbers[0] = sum.rows;
            System.arraycopy(sum.sums, 0, numbers, 1, size);
            System.arraycopy(sum.products, 0, numbers, 1 + size, size * size);
            return numbers;
        }

        @Override
        public void fold(double[] before, double[] block) {
            for (int a = 0; a < before.length; a++) {
                before[a] += block[a];
            }
        }

        Covariance covariance(double[] numbers) {
            Sum sum = new Sum(size, features);
            sum.shift = shift;
            sum.rows = (long) numbers[0];
            System.arraycopy(numbers, 1, sum.sums, 0, size);
            System.arraycopy(numbers, 1 + size, sum.products, 0, size * size);
            return sum.covariance();
        }
    }

    /** Sums over rows, from which a covariance follows. Not thread-safe. */
    public static final class Sum {
        private final int size;
        private final Features features;
        private double[] shift;
        private final double[] sums;
        private final double[] products;
        private final double[] values;
        private final double[] byRow;
        private long rows;

        /**
         * Sums of no row yet.
         *
         * @param size how many numbers there are
         * @param features computes them
         */
        public Sum(int size, Features features) {
            this.size = size;
            this.features = features;
            this.sums = new double[size];
            this.products = new double[size * size];
            this.values = new double[size * SumPass.CHUNK];
            this.byRow = new double[size * SumPass.CHUNK];
        }

        /**
         * Adds rows.
         *
         * @param points the rows; not modified
         */
        public void add(Points points) {
            for (int from = 0; from < points.size(); from += SumPass.CHUNK) {
                Points chunk = points.slice(from, Math.min(points.size(), from + SumPass.CHUNK));
                add(chunk, chunk.size());
            }
        }

        private void add(Points batch, int count) {
            features.of(batch, count, values);
            shift = shift == null ? firstOf(values, size, count) : shift;
            for (int a = 0; a < size; a++) {
                for (int n = a * count; n < (a + 1) * count; n++) {
                    values[n] -= shift[a];
                    sums[a] += values[n];
                }
            }
            MatrixKernel.transpose(size, count, values, 0, byRow, 0, size);
            MatrixKernel.multiplyAdd(size, count, size, values, 0, count, byRow, 0, size, products, 0, size);
            rows += count;
        }

        /**
         * What they come to.
         *
         * @return the covariance; its arrays are new
         */
        public Covariance covariance() {
            double[] matrix = new double[size * size];
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    matrix[a * size + b] = products[a * size + b] / rows - sums[a] / rows * (sums[b] / rows);
                }
            }
            double[] means = new double[size];
            for (int a = 0; a < size; a++) {
                means[a] = shift == null ? Double.NaN : shift[a] + sums[a] / rows;
            }
            return new Covariance(means, matrix, rows);
        }
    }

    /** Numbers far from 0 would lose their digits in the difference of mean products; those of the first row are near. */
    private static double[] firstOf(double[] values, int size, int count) {
        double[] first = new double[size];
        for (int a = 0; a < size; a++) {
            first[a] = values[a * count];
        }
        return first;
    }
}
