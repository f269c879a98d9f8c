package org.eigendrift.engine.basis;

import java.util.Arrays;
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
            coordinate.values(basis.usedDegree(i) + 1, saturated, 0, count, values[i]);
        }
    }

    /**
     * Derivatives of all functions along directions.
     *
     * @param z points inside the domains; not modified
     * @param direction a direction for each point; not modified
     * @param out receives that of function a at point n, at {@code a * z.size() + n}; modified
     */
    public void along(Points z, Points direction, double[] out) {
        int count = z.size();
        evaluate(z, count);
        double[][] slopes = slopes(z, direction);
        Arrays.fill(out, 0, basis.size() * count, 0);
        double[] term = new double[count];
        List<Cluster> clusters = basis.clusters();
        for (int c = 0; c < clusters.size(); c++) {
            Cluster cluster = clusters.get(c);
            for (int moving = 0; moving < cluster.order(); moving++) {
                int i = cluster.coordinate(moving);
                double[] still = values[i];
                values[i] = slopes[i];
                for (int index = 0; index < cluster.size(); index++) {
                    product(cluster, cluster.position(index), count, term, 0);
                    int at = (basis.start(c) + index) * count;
                    for (int n = 0; n < count; n++) {
                        out[at + n] += term[n];
                    }
                }
                values[i] = still;
            }
        }
    }

    /** phi_k'(x_i) v_i of every coordinate, by the chain rule beyond the trusted range. */
    private double[][] slopes(Points z, Points direction) {
        int count = z.size();
        double[][] slopes = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            int size = basis.usedDegree(i) + 1;
            slopes[i] = new double[size * count];
            for (int n = 0; n < count; n++) {
                saturated[n] = coordinate.saturate(z.get(i, n));
            }
            coordinate.valuesAndDerivatives(size, saturated, 0, count, new double[size * count], slopes[i]);
            for (int k = 0; k < size; k++) {
                for (int n = 0; n < count; n++) {
                    slopes[i][k * count + n] *= coordinate.saturationSlope(z.get(i, n)) * direction.get(i, n);
                }
            }
        }
        return slopes;
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
