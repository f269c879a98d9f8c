package org.eigendrift.engine.cluster;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.kernel.MatrixKernel;
import org.eigendrift.engine.moment.MomentPass;

/**
 * The covariance of the first eigenfunctions of every coordinate, {@link #FUNCTIONS} of them or all if there are fewer.
 *
 * @param starts the first function of each coordinate, with their number at the end; shared, not to be modified
 * @param covariance row-major, of order {@code starts[dim]}; shared, not to be modified
 * @param rows rows averaged over
 */
public record LeadingMoments(int[] starts, double[] covariance, long rows) {
    /** Functions of a coordinate: the first follows its location, the second its spread; of an angle cosine and sine. */
    static final int FUNCTIONS = 2;

    /**
     * Averages over rows, chunk by chunk in their order.
     *
     * @param framed rows in the coordinates of the bases, inside their domains
     * @param coordinates the bases
     * @return the covariance
     */
    public static LeadingMoments of(Dataset framed, List<CoordinateBasis> coordinates) {
        int dim = coordinates.size();
        int[] starts = new int[dim + 1];
        for (int i = 0; i < dim; i++) {
            starts[i + 1] = starts[i] + Math.min(FUNCTIONS, coordinates.get(i).size() - 1);
        }
        int size = starts[dim];
        double[] sums = new double[size];
        double[] products = new double[size * size];
        double[] values = new double[size * MomentPass.CHUNK];
        double[] byRow = new double[size * MomentPass.CHUNK];
        double[] work = new double[(FUNCTIONS + 1) * MomentPass.CHUNK];
        long rows = 0;
        try (Dataset.Reader reader = framed.open()) {
            Points buffer = Points.zeros(dim, MomentPass.CHUNK);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                for (int i = 0; i < dim; i++) {
                    int functions = starts[i + 1] - starts[i];
                    coordinates.get(i).basis().values(functions + 1, buffer.values(), buffer.offset(i), count, work);
                    System.arraycopy(work, count, values, starts[i] * count, functions * count);
                }
                MatrixKernel.transpose(size, count, values, 0, byRow, 0, size);
                MatrixKernel.multiplyAdd(size, count, size, values, 0, count, byRow, 0, size, products, 0, size);
                for (int a = 0; a < size; a++) {
                    for (int n = a * count; n < (a + 1) * count; n++) {
                        sums[a] += values[n];
                    }
                }
                rows += count;
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                products[a * size + b] = products[a * size + b] / rows - sums[a] / rows * (sums[b] / rows);
            }
        }
        return new LeadingMoments(starts, products, rows);
    }
}
