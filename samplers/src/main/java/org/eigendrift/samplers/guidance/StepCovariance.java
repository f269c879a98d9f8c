package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;

/**
 * I + v H of a batch of points, H a Hessian of which nothing but products are known: exact in the Krylov space of the score (Lanczos, 1950,
 * with full orthogonalisation), where the Hessian's outlying directions show first, and a multiple of the identity in its complement,
 * the Rayleigh quotient of one vector there. Belongs to one thread.
 */
final class StepCovariance {
    /** A direction whose new part is below this share of it is in the space already. */
    private static final double NOTHING_NEW = 1e-8;

    private final GuidedScoreModel.Evaluator guided;
    private final int dim;
    private final int directions;

    StepCovariance(GuidedScoreModel.Evaluator guided, int dim, int directions) {
        this.guided = guided;
        this.dim = dim;
        this.directions = Math.min(directions, dim);
    }

    /**
     * Gives normal numbers that covariance. Points where it is none keep them as they are.
     *
     * @param t forward time
     * @param v v
     * @param x the points; not modified
     * @param score where the Krylov space begins; not modified
     * @param normal standard normal numbers z; receives L z with L L^T = I + v H; modified
     * @param logDeterminant receives, added to what it holds, log |det L| of each point; modified
     */
    void shape(double t, double v, Points x, Points score, Points normal, double[] logDeterminant) {
        List<Points> basis = new ArrayList<>();
        List<Points> images = new ArrayList<>();
        int[] rank = new int[x.size()];
        Points next = score;
        for (int k = 0; k < directions; k++) {
            Points direction = next.copy();
            for (int n = 0; n < x.size(); n++) {
                if (rank[n] == k && orthonormal(basis, direction, n)) {
                    rank[n] = k + 1;
                } else {
                    clear(direction, n);
                }
            }
            next = product(t, x, direction);
            if (next == null) {
                return;
            }
            basis.add(direction);
            images.add(next);
        }
        double[] rest = rest(t, x, basis, rank);
        for (int n = 0; n < x.size(); n++) {
            logDeterminant[n] += shape(v, basis, images, rank[n], rest[n], normal, n);
        }
    }

    /** The product; null if nothing is known of the Jacobian. */
    private Points product(double t, Points x, Points direction) {
        Points out = Points.zeros(x.dim(), x.size());
        return guided.bend(t, x, direction, out) ? out : null;
    }

    /** Orthogonalises twice, which is enough, and normalises; false if nothing new is left. */
    private boolean orthonormal(List<Points> basis, Points direction, int n) {
        double before = dot(direction, direction, n);
        for (int pass = 0; pass < 2; pass++) {
            for (Points q : basis) {
                add(-dot(q, direction, n), q, direction, n);
            }
        }
        double square = dot(direction, direction, n);
        boolean fresh = square > NOTHING_NEW * NOTHING_NEW * before && Double.isFinite(square);
        double scale = fresh ? 1 / Math.sqrt(square) : 0;
        for (int i = 0; i < dim && fresh; i++) {
            direction.set(i, n, scale * direction.get(i, n));
        }
        return fresh;
    }

    /** q^T H q of a vector of alternating signs, less its part in the space, or 0 if it lies in it. */
    private double[] rest(double t, Points x, List<Points> basis, int[] rank) {
        double[] rest = new double[x.size()];
        Points probe = Points.zeros(dim, x.size());
        boolean any = false;
        for (int n = 0; n < rest.length; n++) {
            for (int i = 0; i < dim; i++) {
                probe.set(i, n, (i & 1) == 0 ? 1 : -1);
            }
            if (rank[n] == dim || !orthonormal(basis, probe, n)) {
                clear(probe, n);
            } else {
                any = true;
            }
        }
        if (any) {
            Points image = product(t, x, probe);
            for (int n = 0; n < rest.length; n++) {
                rest[n] = dot(probe, image, n);
            }
        }
        return rest;
    }

    private double shape(
            double v, List<Points> basis, List<Points> images, int rank, double rest, Points normal, int n) {
        double[][] factor = new double[rank][rank];
        double[] part = new double[rank];
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i][j] = (i == j ? 1 : 0) + v * dot(basis.get(i), images.get(j), n);
            }
            part[i] = dot(basis.get(i), normal, n);
        }
        if (!(1 + v * rest > 0) || !SmallSystems.positive(factor)) {
            return 0;
        }
        double scale = Math.sqrt(1 + v * rest);
        for (int i = 0; i < dim; i++) {
            normal.set(i, n, scale * normal.get(i, n));
        }
        double logDeterminant = (dim - rank) * Math.log(scale);
        for (int i = 0; i < rank; i++) {
            double shaped = 0;
            for (int j = 0; j <= i; j++) {
                shaped += factor[i][j] * part[j];
            }
            add(shaped - scale * part[i], basis.get(i), normal, n);
            logDeterminant += Math.log(factor[i][i]);
        }
        return logDeterminant;
    }

    private static double dot(Points a, Points b, int n) {
        double sum = 0;
        for (int i = 0; i < a.dim(); i++) {
            sum += a.get(i, n) * b.get(i, n);
        }
        return sum;
    }

    private static void add(double factor, Points from, Points to, int n) {
        for (int i = 0; i < to.dim(); i++) {
            to.set(i, n, to.get(i, n) + factor * from.get(i, n));
        }
    }

    private static void clear(Points x, int n) {
        for (int i = 0; i < x.dim(); i++) {
            x.set(i, n, 0);
        }
    }
}
