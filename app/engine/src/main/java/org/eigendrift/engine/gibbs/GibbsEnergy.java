package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ThetaPath;

/**
 * The negative of a Gibbs density's energy, log pi + h - c with h = sum_a theta_a phi_a and c a {@link Confinement},
 * and its gradient, in frame coordinates. Immutable, thread-safe.
 */
public final class GibbsEnergy {
    static final int BATCH = 256;

    /** Theta does not depend on time here; the path wants two. */
    private static final TimeGrid ANY_TIME = TimeGrid.of(2, 1);

    private final EigenScoreModel model;
    private final Confinement confinement;
    private final Bounds bounds;

    /**
     * Creates the potential.
     *
     * @param basis the functions
     * @param theta their coefficients; shared, not to be modified afterwards
     * @param confinement c
     * @param bounds between which values the sum is believed
     */
    public GibbsEnergy(ProductBasis basis, double[] theta, Confinement confinement, Bounds bounds) {
        this.bounds = bounds;
        this.confinement = confinement;
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
            double[] walls = new double[z.size()];
            confinement.subtract(inside, walls);
            boolean bounded = !bounds.equals(Bounds.NONE);
            int[] strangeness = bounded ? confinement.strangeness(inside) : new int[0];
            for (int n = 0; n < z.size(); n++) {
                double value = out[n] + walls[n] + ratio[n];
                out[n] = outside.length > 0 && outside[n]
                        ? Double.NEGATIVE_INFINITY
                        : bounded ? bounds.believed(value, strangeness[n], walls[n] < 0) : value;
            }
        }

        /** The gradient at points inside the domains, where rows were seen. */
        void gradient(Points z, Points out) {
            evaluator.score(1, z, out);
            confinement.subtractGradient(z, out);
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
