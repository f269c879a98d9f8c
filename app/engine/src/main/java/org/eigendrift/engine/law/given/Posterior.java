package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.NumericalException;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.kernel.LowerTriangle;

/**
 * Bayes's rule for a known prior, normal or flat, and a fitted likelihood that is a mixture of linear regressions: b given a is normal about
 * c_k + B_k a with covariance S_k and share w_k. Then a given b is a mixture of normal laws of precision G_k = P + B_k' S_k^-1 B_k
 * about G_k^-1 (P m + B_k' S_k^-1 (b - c_k)), whose shares are w_k times what each regression says of b. Bounds of the prior are left to
 * walls. Immutable, thread-safe.
 */
final class Posterior implements Mixture {
    /** Variance, in those of all rows, above which data say nothing of a column, and a flat prior nothing either. */
    private static final double VAGUE = 16;

    private final Experts likelihood;
    private final Prior prior;
    private final Term[] terms;

    /**
     * Of one regression.
     *
     * @param constant c_k
     * @param gain B_k' S_k^-1, row-major
     * @param inverse the inverse of the lower triangle of S_k
     * @param covariance G_k^-1
     * @param factor its lower triangle
     * @param log what is added to its logarithmic share
     */
    private record Term(
            double[] constant, double[] gain, double[] inverse, double[] covariance, double[] factor, double log) {}

    private Posterior(Experts likelihood, Prior prior, Term[] terms) {
        this.likelihood = likelihood;
        this.prior = prior;
        this.terms = terms;
    }

    /**
     * A posterior.
     *
     * @param likelihood regressions of what is given on what is modelled, of constant shares
     * @param prior in units of the modelled columns' deviations
     * @return empty if some regression leaves a column open that the prior leaves open too
     */
    static Optional<Posterior> of(Experts likelihood, Prior prior) {
        Term[] terms = new Term[likelihood.size()];
        for (int k = 0; k < terms.length; k++) {
            Optional<Term> term = term(likelihood, prior, k);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            terms[k] = term.get();
        }
        return Optional.of(new Posterior(likelihood, prior, terms));
    }

    private static Optional<Term> term(Experts likelihood, Prior prior, int k) {
        int dim = prior.mean().length;
        double[] map = likelihood.maps()[k];
        double[] root = likelihood.factors()[k];
        int known = (int) Math.round(Math.sqrt(root.length));
        double[] constant = new double[known];
        Arrays.setAll(constant, i -> map[i * (dim + 1)]);
        double[] gain = new double[dim * known];
        double[] precision = prior.precision().clone();
        for (int c = 0; c < dim; c++) {
            double[] column = new double[known];
            for (int i = 0; i < known; i++) {
                column[i] = map[i * (dim + 1) + 1 + c];
            }
            LowerTriangle.solve(root, known, column);
            System.arraycopy(column, 0, gain, c * known, known);
            for (int d = 0; d < dim; d++) {
                for (int i = 0; i < known; i++) {
                    precision[c * dim + d] += column[i] * map[i * (dim + 1) + 1 + d];
                }
            }
        }
        double[] covariance;
        double[] factor;
        try {
            covariance = LowerTriangle.inverseOfSymmetric(precision, dim);
            factor = covariance.clone();
            LowerTriangle.factor(factor, dim);
        } catch (NumericalException e) {
            return Optional.empty();
        }
        double log = likelihood.logWeights()[k];
        for (int i = 0; i < dim; i++) {
            if (!(covariance[i * dim + i] < VAGUE)) {
                return Optional.empty();
            }
            log += Math.log(factor[i * dim + i]);
        }
        for (int i = 0; i < known; i++) {
            log -= Math.log(root[i * known + i]);
        }
        return Optional.of(new Term(constant, gain, LowerTriangle.inverse(root, known), covariance, factor, log));
    }

    Experts likelihood() {
        return likelihood;
    }

    Prior prior() {
        return prior;
    }

    @Override
    public int size() {
        return terms.length;
    }

    @Override
    public Gaussians at(double[] b) {
        int size = terms.length;
        double[] logs = new double[size];
        double[][] means = new double[size][];
        double[][] factors = new double[size][];
        double[] pull = prior.pull();
        for (int k = 0; k < size; k++) {
            Term term = terms[k];
            double[] left = b.clone();
            for (int i = 0; i < left.length; i++) {
                left[i] -= term.constant[i];
            }
            double[] right = pull.clone();
            for (int c = 0; c < right.length; c++) {
                for (int i = 0; i < left.length; i++) {
                    right[c] += term.gain[c * left.length + i] * left[i];
                }
            }
            means[k] = times(term.covariance, right);
            logs[k] = term.log - 0.5 * squares(term.inverse, left) + 0.5 * dot(right, means[k]);
            factors[k] = term.factor;
        }
        double sum = LogSum.of(logs);
        for (int k = 0; k < size; k++) {
            logs[k] -= sum;
        }
        return new Gaussians(logs, means, factors);
    }

    private static double[] times(double[] matrix, double[] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                out[i] += matrix[i * x.length + j] * x[j];
            }
        }
        return out;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double squares(double[] triangle, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double z = 0;
            for (int j = 0; j <= i; j++) {
                z += triangle[i * x.length + j] * x[j];
            }
            sum += z * z;
        }
        return sum;
    }

    @Override
    public double logDensity(double[] a, double[] b) {
        return at(b).logDensity(a);
    }
}
