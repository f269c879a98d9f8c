package org.eigendrift.samplers.wrap;

import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.program.Finite;
import org.eigendrift.samplers.program.Level;

/**
 * The Gaussian N(m, U diag(l) U^T) of data that a model's score at one level looks like: least squares of the score on the
 * point gives slope -(alpha^2 C + sigma^2 I)^{-1}.
 */
public final class GaussianFit {
    private static final int SWEEPS = 60;

    private final double[] mean;
    private final double[][] vectors;
    private final double[] variances;

    private GaussianFit(double[] mean, double[][] vectors, double[] variances) {
        this.mean = mean;
        this.vectors = vectors;
        this.variances = variances;
    }

    static GaussianFit of(ScoreModel model, AffineProcess process, Level level, int pilot, RunContext run) {
        int d = process.dim();
        Points x = Points.zeros(d, Math.max(pilot, 4 * (d + 1)));
        // Points about as wide as the law at this level where the data are about as wide as 1.
        double width = Math.hypot(level.alpha(), level.sigma());
        for (int i = 0; i < d; i++) {
            for (int n = 0; n < x.size(); n++) {
                x.set(i, n, width * run.random(Purpose.SAMPLER_PILOT).normal(n, i));
            }
        }
        Points score = Points.zeros(d, x.size());
        model.evaluator().score(level.t(), x, score);
        Finite.field("score", score, level.t());
        double[][] normal = new double[d + 1][2 * d + 1];
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i <= d; i++) {
                double left = i < d ? x.get(i, n) : 1;
                for (int j = 0; j <= d; j++) {
                    normal[i][j] += left * (j < d ? x.get(j, n) : 1);
                }
                for (int j = 0; j < d; j++) {
                    normal[i][d + 1 + j] += left * score.get(j, n);
                }
            }
        }
        eliminate(normal);
        double[][] precision = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                precision[i][j] = -0.5 * (normal[i][d + 1 + j] + normal[j][d + 1 + i]);
            }
        }
        return decompose(precision, normal[d], level);
    }

    /** Gauss-Jordan elimination: afterwards the columns beyond the square part hold the solution. */
    private static void eliminate(double[][] m) {
        int n = m.length;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
            }
            double[] row = m[pivot];
            m[pivot] = m[k];
            m[k] = row;
            double scale = 1 / row[k];
            for (int j = k; j < row.length; j++) {
                row[j] *= scale;
            }
            for (int i = 0; i < n; i++) {
                double factor = m[i][k];
                if (i != k && factor != 0) {
                    for (int j = k; j < row.length; j++) {
                        m[i][j] -= factor * row[j];
                    }
                }
            }
        }
    }

    /** score = precision (alpha m - x): the mean from the constant, the variances from the eigenvalues. */
    private static GaussianFit decompose(double[][] precision, double[] constants, Level level) {
        int d = precision.length;
        double[][] vectors = new double[d][d];
        double[] eigenvalues = jacobi(precision, vectors);
        double[] mean = new double[d];
        double[] variances = new double[d];
        for (int k = 0; k < d; k++) {
            if (!(eigenvalues[k] > 0)) {
                throw new NumericalException("the score at sigma / alpha = " + level.ratio()
                        + " is not near a Gaussian's: an eigenvalue of its negative slope is " + eigenvalues[k]
                        + "; take a larger skip");
            }
            variances[k] =
                    Math.max(0, (1 / eigenvalues[k] - level.sigma() * level.sigma())) / (level.alpha() * level.alpha());
            double along = 0;
            for (int i = 0; i < d; i++) {
                along += vectors[i][k] * constants[d + 1 + i];
            }
            for (int i = 0; i < d; i++) {
                mean[i] += vectors[i][k] * along / (eigenvalues[k] * level.alpha());
            }
        }
        return new GaussianFit(mean, vectors, variances);
    }

    /**
     * Eigenvalues by cyclic Jacobi rotations.
     *
     * @param symmetric the matrix; not modified
     * @param vectors zeros, receives the vectors in columns; modified
     * @return eigenvalues in the vectors' order
     * @throws NumericalException if the matrix is not finite
     */
    public static double[] jacobi(double[][] symmetric, double[][] vectors) {
        int d = symmetric.length;
        double[][] a = new double[d][];
        for (int i = 0; i < d; i++) {
            a[i] = symmetric[i].clone();
            vectors[i][i] = 1;
        }
        // Quadratic convergence: a few sweeps; of finite matrices none takes so many.
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            double on = 0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    double square = a[i][j] * a[i][j];
                    off += i == j ? 0 : square;
                    on += i == j ? square : 0;
                }
            }
            if (off <= 1e-30 * on) {
                return diagonal(a);
            }
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    rotate(a, vectors, p, q);
                }
            }
        }
        throw new NumericalException("the eigenvalues of a matrix of order " + d + " did not settle in " + SWEEPS
                + " sweeps of rotations; is it finite?");
    }

    private static double[] diagonal(double[][] a) {
        double[] values = new double[a.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = a[i][i];
        }
        return values;
    }

    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < a.length; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
            double vp = vectors[k][p];
            double vq = vectors[k][q];
            vectors[k][p] = c * vp - s * vq;
            vectors[k][q] = s * vp + c * vq;
        }
    }

    /** Along the flow (x - alpha m) . u_k / sqrt(alpha^2 l_k + sigma^2) is constant. */
    void flow(Points x, Level from, Level to) {
        int d = mean.length;
        double[] centred = new double[d];
        double[] moved = new double[d];
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i < d; i++) {
                centred[i] = x.get(i, n) - from.alpha() * mean[i];
                moved[i] = to.alpha() * mean[i];
            }
            for (int k = 0; k < d; k++) {
                double along = 0;
                for (int i = 0; i < d; i++) {
                    along += vectors[i][k] * centred[i];
                }
                along *= Math.sqrt(variance(to, k) / variance(from, k));
                for (int i = 0; i < d; i++) {
                    moved[i] += vectors[i][k] * along;
                }
            }
            for (int i = 0; i < d; i++) {
                x.set(i, n, moved[i]);
            }
        }
    }

    private double variance(Level level, int k) {
        return level.alpha() * level.alpha() * variances[k] + level.sigma() * level.sigma();
    }
}
