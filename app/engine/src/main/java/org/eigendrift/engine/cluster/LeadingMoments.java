package org.eigendrift.engine.cluster;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.data.Covariance;

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
     * Averages over rows, block by block in their order.
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
        Covariance covariance = Covariance.of(framed, starts[dim], new Leading(coordinates, starts));
        return new LeadingMoments(starts, covariance.matrix(), covariance.rows());
    }

    private record Leading(List<CoordinateBasis> coordinates, int[] starts) implements Covariance.Features {
        @Override
        public void of(Points rows, int count, double[] out) {
            double[] work = new double[(FUNCTIONS + 1) * count];
            for (int i = 0; i < coordinates.size(); i++) {
                int functions = starts[i + 1] - starts[i];
                coordinates.get(i).values(functions + 1, rows.values(), rows.offset(i), count, work);
                System.arraycopy(work, count, out, starts[i] * count, functions * count);
            }
        }
    }
}
