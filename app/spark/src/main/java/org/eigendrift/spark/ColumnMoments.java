package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import org.eigendrift.api.InputException;

/**
 * Counts, sums and sums of products of columns, exact, whatever the order and partitions of the rows: what travels of {@link
 * MomentsFunction}. Public because Spark's encoders want it. Not thread-safe.
 */
public final class ColumnMoments implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** More than twice the digits of a double: a quotient is rounded to one as the exact one would be, but for rarest ties. */
    private static final MathContext DIGITS = new MathContext(60);

    private long rows;
    private WideSums sums;
    private int dim;

    /** Creates one of no rows. */
    ColumnMoments() {}

    /**
     * Adds a row; one with a gap is left out.
     *
     * @param row its cells, NaN for a gap; always as many
     * @throws InputException if a cell is infinite
     */
    void add(double[] row) {
        for (double cell : row) {
            if (Double.isNaN(cell)) {
                return;
            }
            if (Double.isInfinite(cell)) {
                throw new InputException(
                        MomentsFunction.NAME + ": found the cell " + cell + ", expected finite numbers");
            }
        }
        begin(row.length);
        rows++;
        sums.expect(2);
        int at = dim;
        for (int i = 0; i < dim; i++) {
            sums.add(i, row[i]);
            for (int j = 0; j <= i; j++) {
                addProduct(at++, row[i], row[j]);
            }
        }
    }

    /** A product of two doubles is the sum of two. */
    private void addProduct(int at, double x, double y) {
        double product = x * y;
        double rest = Math.fma(x, y, -product);
        if (Double.isInfinite(product)
                || Math.abs(product) < Double.MIN_NORMAL * 0x1p54 && product != 0
                || product == 0 && x != 0 && y != 0) {
            throw new InputException(MomentsFunction.NAME + ": the product of the cells " + x + " and " + y
                    + " is beyond what doubles hold exactly; scale the columns");
        }
        sums.add(at, product);
        sums.add(at, rest);
    }

    private void begin(int columns) {
        if (sums == null) {
            dim = columns;
            sums = new WideSums(columns + columns * (columns + 1) / 2);
        }
    }

    ColumnMoments merge(ColumnMoments other) {
        if (other.sums == null) {
            return this;
        }
        begin(other.dim);
        rows += other.rows;
        sums.add(other.sums);
        return this;
    }

    /** Means and covariances, each the exact one rounded. */
    Moments result() {
        Moments moments = new Moments();
        moments.setRows(rows);
        if (rows == 0) {
            return moments;
        }
        BigDecimal count = BigDecimal.valueOf(rows);
        double[] mean = new double[dim];
        double[][] covariance = new double[dim][dim];
        int at = dim;
        for (int i = 0; i < dim; i++) {
            mean[i] = sums.get(i).divide(count, DIGITS).doubleValue();
            for (int j = 0; j <= i; j++) {
                BigDecimal centred =
                        sums.get(at++).multiply(count).subtract(sums.get(i).multiply(sums.get(j)));
                covariance[i][j] = centred.divide(count.multiply(count), DIGITS).doubleValue();
                covariance[j][i] = covariance[i][j];
            }
        }
        moments.setMean(mean);
        moments.setCovariance(covariance);
        return moments;
    }
}
