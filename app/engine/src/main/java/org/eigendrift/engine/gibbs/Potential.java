package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ThetaPath;

/**
 * The negative of a Gibbs density's energy, log pi + h - c with h = sum_a theta_a phi_a, and its gradient, in frame
 * coordinates. Immutable, thread-safe.
 *
 * <p>Beyond the range in which rows were seen h says nothing: functions level off there, and with them the interactions
 * that hold strongly coupled columns together. There the law of a column given the others ends like the normal law of its
 * conditional deviation s,
 *
 * <pre>c = sum_i (distance of z_i from the range)^2 / (2 s_i^2).</pre>
 */
public final class Potential {
    static final int BATCH = 1024;

    /** Theta does not depend on time here; the path wants two. */
    private static final TimeGrid ANY_TIME = TimeGrid.of(2, 1);

    private final EigenScoreModel model;
    private final CoordinateBasis.Range[] ranges;
    private final double[] deviations;

    /**
     * Creates the potential.
     *
     * @param basis the functions
     * @param theta their coefficients; shared, not to be modified afterwards
     * @param deviations conditional deviation of each coordinate, above 0, infinite for no confinement; shared, not to be
     *     modified afterwards
     */
    public Potential(ProductBasis basis, double[] theta, double[] deviations) {
        this.ranges = basis.coordinates().stream().map(CoordinateBasis::range).toArray(CoordinateBasis.Range[]::new);
        this.deviations = deviations;
        this.model = new EigenScoreModel(basis, new ThetaPath(ANY_TIME, new double[][] {theta, theta}));
    }

    DiffusionProcess process() {
        return model.process();
    }

    /**
     * log pi + h - c.
     *
     * @param z points in frame coordinates; not modified
     * @param parallel runs batches
     * @return one number a point, negative infinity outside the domains; a new array
     */
    public double[] values(Points z, Parallel parallel) {
        double[] out = new double[z.size()];
        int batches = (z.size() + BATCH - 1) / BATCH;
        parallel.forEach(batches, b -> {
            int from = b * BATCH;
            Points x = z.slice(from, Math.min(z.size(), from + BATCH));
            double[] values = new double[x.size()];
            new Here().values(x, values);
            System.arraycopy(values, 0, out, from, values.length);
        });
        return out;
    }

    /** The potential for one thread. */
    final class Here {
        private final ScoreModel.Evaluator evaluator = model.evaluator();
        private double[] ratio = {};

        /** log pi + h - c of points, some of which may lie outside the domains. */
        void values(Points z, double[] out) {
            Points inside = z;
            boolean[] outside = outside(z);
            if (outside.length > 0) {
                inside = z.copy();
                process().confine(inside);
            }
            if (ratio.length != z.size()) {
                ratio = new double[z.size()];
            }
            evaluator.logRatio(1, inside, ratio);
            process().logReference(inside, out);
            for (int i = 0; i < z.dim(); i++) {
                for (int n = 0; n < z.size(); n++) {
                    double beyond = beyond(i, inside.get(i, n));
                    out[n] -= 0.5 * beyond * beyond;
                }
            }
            for (int n = 0; n < z.size(); n++) {
                out[n] = outside.length > 0 && outside[n] ? Double.NEGATIVE_INFINITY : out[n] + ratio[n];
            }
        }

        /** The gradient at points inside the domains. */
        void gradient(Points z, Points out) {
            evaluator.score(1, z, out);
            for (int i = 0; i < z.dim(); i++) {
                int at = z.offset(i);
                for (int n = at; n < at + z.size(); n++) {
                    out.values()[n] -= beyond(i, z.values()[n]) / deviations[i];
                }
            }
        }

        /** How far a coordinate lies beyond its range, in deviations; negative below it. */
        private double beyond(int i, double z) {
            CoordinateBasis.Range range = ranges[i];
            double distance = z > range.upper() ? z - range.upper() : Math.min(0, z - range.lower());
            return distance == 0 ? 0 : distance / deviations[i];
        }

        /** For each point whether it lies outside; empty if none does. */
        boolean[] outside(Points z) {
            boolean[] outside = new boolean[z.size()];
            boolean any = false;
            for (int i = 0; i < z.dim(); i++) {
                for (int n = 0; n < z.size(); n++) {
                    if (!process().domain(i).contains(z.get(i, n))) {
                        outside[n] = true;
                        any = true;
                    }
                }
            }
            return any ? outside : Arrays.copyOf(outside, 0);
        }
    }
}
