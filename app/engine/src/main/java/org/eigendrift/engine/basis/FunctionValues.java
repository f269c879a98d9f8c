package org.eigendrift.engine.basis;

import java.util.List;
import org.eigendrift.api.Points;

/** The functions of a basis at points, saturated beyond the data like those of a model. Not thread-safe: holds work space. */
public final class FunctionValues {
    private final ProductBasis basis;
    private final double[][] values;
    private double[] saturated = {};

    /**
     * Prepares.
     *
     * @param basis the functions
     */
    public FunctionValues(ProductBasis basis) {
        this.basis = basis;
        this.values = new double[basis.dim()][];
    }

    /**
     * Evaluates all functions.
     *
     * @param z points inside the domains; not modified
     * @param count the first so many points count
     * @param out receives function a of point n at {@code a * count + n}; modified
     */
    public void of(Points z, int count, double[] out) {
        evaluate(z, count);
        List<Cluster> clusters = basis.clusters();
        for (int c = 0; c < clusters.size(); c++) {
            Cluster cluster = clusters.get(c);
            for (int index = 0; index < cluster.size(); index++) {
                product(cluster, cluster.position(index), count, out, (basis.start(c) + index) * count);
            }
        }
    }

    private void evaluate(Points z, int count) {
        if (saturated.length < count) {
            saturated = new double[count];
            for (int i = 0; i < values.length; i++) {
                values[i] = new double[(basis.usedDegree(i) + 1) * count];
            }
        }
        for (int i = 0; i < values.length; i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            for (int n = 0; n < count; n++) {
                saturated[n] = coordinate.saturate(z.get(i, n));
            }
            coordinate.basis().values(basis.usedDegree(i) + 1, saturated, 0, count, values[i]);
        }
    }

    private void product(Cluster cluster, int position, int count, double[] out, int at) {
        System.arraycopy(values[cluster.coordinate(0)], cluster.functionAt(position, 0) * count, out, at, count);
        for (int axis = 1; axis < cluster.order(); axis++) {
            double[] factor = values[cluster.coordinate(axis)];
            int from = cluster.functionAt(position, axis) * count;
            for (int n = 0; n < count; n++) {
                out[at + n] *= factor[from + n];
            }
        }
    }
}
