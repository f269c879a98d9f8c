package org.eigendrift.engine.cluster;

import java.util.List;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.data.Covariance;
import org.eigendrift.engine.moment.SumPass;

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
        double[] work = new double[(FUNCTIONS + 1) * SumPass.CHUNK];
        Covariance covariance = Covariance.of(framed, starts[dim], (rows, count, out) -> {
            for (int i = 0; i < dim; i++) {
                int functions = starts[i + 1] - starts[i];
                coordinates.get(i).basis().values(functions + 1, rows.values(), rows.offset(i), count, work);
                System.arraycopy(work, count, out, starts[i] * count, functions * count);
            }
        });
        return new LeadingMoments(starts, covariance.matrix(), covariance.rows());
    }
}
