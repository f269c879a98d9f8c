package org.eigendrift.engine.cluster;

import java.util.Arrays;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * Moments of candidate functions with their standard errors.
 *
 * @param basis the candidates
 * @param means m_alpha; shared, not to be modified
 * @param standardErrors of the means; shared, not to be modified
 * @param rows rows averaged over
 */
public record CandidateMoments(ProductBasis basis, double[] means, double[] standardErrors, long rows) {

    /**
     * How far a moment lies from 0.
     *
     * @param function number of the candidate
     * @return |m| in standard errors; 0 if both are 0
     */
    public double score(int function) {
        double m = Math.abs(means[function]);
        return m == 0 ? 0 : m / standardErrors[function];
    }

    /** Whether a candidate is a function of one coordinate. */
    boolean single(int function) {
        return cluster(function).order() == 1;
    }

    private Cluster cluster(int function) {
        int[] starts = basis.starts();
        int at = Arrays.binarySearch(starts, function);
        return basis.clusters().get(at >= 0 ? at : -at - 2);
    }

    /**
     * The candidates that a false-discovery rule keeps (Benjamini and Hochberg 1995): with two-sided normal p-values
     * in ascending order, all up to the last with p_(r) &lt;= q r / n. Functions of one coordinate are kept in any case
     * and do not take part.
     *
     * @param q the largest expected share of false discoveries
     * @return for each candidate whether it is kept
     */
    public boolean[] discoveries(double q) {
        boolean[] keep = new boolean[basis.size()];
        int singles = 0;
        for (int c = 0; c < basis.clusters().size(); c++) {
            if (basis.clusters().get(c).order() == 1) {
                Arrays.fill(keep, basis.start(c), basis.start(c + 1), true);
                singles += basis.clusters().get(c).size();
            }
        }
        int n = basis.size() - singles;
        double[] scores = new double[n];
        int at = 0;
        for (int f = 0; f < keep.length; f++) {
            if (!keep[f]) {
                scores[at++] = score(f);
            }
        }
        Arrays.sort(scores);
        double threshold = Double.POSITIVE_INFINITY;
        for (int r = 1; r <= n; r++) {
            double score = scores[n - r];
            if (twoSided(score) <= q * r / n) {
                threshold = score;
            }
        }
        for (int f = 0; f < keep.length; f++) {
            keep[f] |= score(f) >= threshold;
        }
        return keep;
    }

    /** Restricts the moments to some of the candidates. */
    CandidateMoments restrictedTo(ProductBasis some) {
        int[] indices = some.indicesIn(basis);
        double[] m = new double[indices.length];
        double[] s = new double[indices.length];
        for (int f = 0; f < indices.length; f++) {
            m[f] = means[indices[f]];
            s[f] = standardErrors[indices[f]];
        }
        return new CandidateMoments(some, m, s, rows);
    }

    /**
     * The probability that a standard normal number lies further from 0 than z: erfc(z / sqrt 2), by the continued
     * fraction of Laplace for large z and the power series of erf for small (Abramowitz and Stegun 7.1.5, 7.1.14).
     */
    static double twoSided(double z) {
        double x = z / Math.sqrt(2);
        if (x > 3) {
            double fraction = 0;
            for (int k = 60; k >= 1; k--) {
                fraction = 0.5 * k / (x + fraction);
            }
            return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
        }
        double term = x;
        double sum = x;
        for (int k = 1; k < 100; k++) {
            term *= -x * x / k;
            sum += term / (2 * k + 1);
        }
        return 1 - 2 / Math.sqrt(Math.PI) * sum;
    }
}
