package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.Arrays;
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

    /** Of the points that were prepared last: orthonormal directions, their products with H, how many each point has. */
    private final List<Points> basis = new ArrayList<>();

    private final List<Points> images = new ArrayList<>();
    private int[] rank = {};
    /** Mean of H in the complement. */
    private double[] rest = {};

    private double v;

    StepCovariance(GuidedScoreModel.Evaluator guided, int dim, int directions) {
        this.guided = guided;
        this.dim = dim;
        this.directions = Math.min(directions, dim);
    }

    /**
     * Finds the covariance at points.
     *
     * @param t forward time
     * @param factor v
     * @param x the points; not modified
     * @param score where the Krylov space begins; not modified
     */
    void at(double t, double factor, Points x, Points score) {
        basis.clear();
        images.clear();
        rank = new int[x.size()];
        rest = new double[x.size()];
        v = factor;
        Points next = score;
        for (int k = 0; k < directions; k++) {
            Points direction = next.copy();
            for (int n = 0; n < x.size(); n++) {
                if (rank[n] == k && orthonormal(direction, n)) {
                    rank[n] = k + 1;
                } else {
                    clear(direction, n);
                }
            }
            next = product(t, x, direction);
            if (next == null) {
                v = 0;
                return;
            }
            basis.add(direction);
            images.add(next);
        }
        rest(t, x);
    }

    /**
     * Gives normal numbers the covariance L L^T = I + v H, or takes it from them. Points where it is none keep them as they are.
     *
     * @param numbers z, a point for each; receives L z, or L^-1 z; modified
     * @param inverse whether L^-1 z is asked for
     * @param logDeterminant receives, added to what it holds, log |det L| of each point; modified
     */
    void shape(Points numbers, boolean inverse, double[] logDeterminant) {
        for (int n = 0; n < numbers.size() && v != 0; n++) {
            logDeterminant[n] += shape(numbers, inverse, n);
        }
    }

    /** The product; null if nothing is known of the Jacobian. */
    private Points product(double t, Points x, Points direction) {
        Points out = Points.zeros(x.dim(), x.size());
        return guided.bend(t, x, direction, out) ? out : null;
    }

    /** Orthogonalises twice, which is enough, and normalises; false if nothing new is left. */
    private boolean orthonormal(Points direction, int n) {
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
    private void rest(double t, Points x) {
        Points probe = Points.zeros(dim, x.size());
        boolean any = false;
        for (int n = 0; n < rest.length; n++) {
            for (int i = 0; i < dim; i++) {
                probe.set(i, n, (i & 1) == 0 ? 1 : -1);
            }
            if (rank[n] == dim || !orthonormal(probe, n)) {
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
    }

    private double shape(Points numbers, boolean inverse, int n) {
        int m = rank[n];
        double[][] factor = new double[m * m][1];
        double[] part = new double[m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i * m + j][0] = (i == j ? 1 : 0) + v * dot(basis.get(i), images.get(j), n);
            }
            part[i] = dot(basis.get(i), numbers, n);
        }
        if (!(1 + v * rest[n] > 0) || !SmallSystems.positive(factor, m)) {
            return 0;
        }
        double root = Math.sqrt(1 + v * rest[n]);
        double scale = inverse ? 1 / root : root;
        double[][] shaped = inverse ? columns(part) : multiply(factor, part);
        if (inverse) {
            SmallSystems.forward(factor, shaped);
        }
        for (int i = 0; i < dim; i++) {
            numbers.set(i, n, scale * numbers.get(i, n));
        }
        double logDeterminant = (dim - m) * Math.log(root);
        for (int i = 0; i < m; i++) {
            add(shaped[i][0] - scale * part[i], basis.get(i), numbers, n);
            logDeterminant += Math.log(factor[i * (m + 1)][0]);
        }
        return logDeterminant;
    }

    private static double[][] columns(double[] part) {
        return Arrays.stream(part).mapToObj(z -> new double[] {z}).toArray(double[][]::new);
    }

    private static double[][] multiply(double[][] lower, double[] part) {
        int m = part.length;
        double[][] out = new double[m][1];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                out[i][0] += lower[i * m + j][0] * part[j];
            }
        }
        return out;
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
