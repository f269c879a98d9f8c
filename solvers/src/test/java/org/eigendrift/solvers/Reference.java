package org.eigendrift.solvers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;

/** Systems of known spectrum, and their solutions to fifty digits. */
final class Reference {
    private static final MathContext DIGITS = new MathContext(50);

    private Reference() {}

    /** A = Q diag(eigenvalues) Q^T, rounded to doubles and symmetric, Q a product of three random reflections. */
    static DenseSymmetric matrix(double[] eigenvalues, long seed) {
        int n = eigenvalues.length;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + i] = eigenvalues[i];
        }
        for (int k = 0; k < 3; k++) {
            double[] v = vector(n, seed, k);
            Vectors.scale(Math.sqrt(2) / Vectors.norm(v), v);
            reflect(a, v);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        return new DenseSymmetric(n, a);
    }

    /** (I - v v') A (I - v v') = A - v w' - w v' with w = A v - (v'A v / 2) v. */
    private static void reflect(double[] a, double[] v) {
        int n = v.length;
        double[] w = new double[n];
        new DenseSymmetric(n, a).apply(v, w);
        Vectors.addScaled(-Vectors.dot(v, w) / 2, v, w);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    /** From 1 down to 1 / condition, geometrically. */
    static double[] spectrum(int n, double condition) {
        double[] eigenvalues = new double[n];
        Arrays.setAll(eigenvalues, i -> Math.pow(condition, -(double) i / (n - 1)));
        return eigenvalues;
    }

    /** Normal numbers. */
    static double[] vector(int n, long seed, long stream) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> new CounterRandom(seed).normal(stream, i));
        return x;
    }

    /** The exact solution of the system as it stands in doubles, by L D L^T in fifty digits, rounded at the end. */
    static double[] solve(LinearSystem system) {
        int n = system.rhs().length;
        double[] values = ((DenseSymmetric) system.matrix()).values();
        BigDecimal[][] l = new BigDecimal[n][n];
        BigDecimal[] d = new BigDecimal[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                BigDecimal sum = new BigDecimal(values[i * n + j]);
                sum = i == j ? sum.add(new BigDecimal(system.shift())) : sum;
                for (int k = 0; k < j; k++) {
                    sum = sum.subtract(l[i][k].multiply(l[j][k]).multiply(d[k], DIGITS), DIGITS);
                }
                if (i == j) {
                    d[i] = sum;
                } else {
                    l[i][j] = sum.divide(d[j], DIGITS);
                }
            }
        }
        BigDecimal[] x = new BigDecimal[n];
        for (int i = 0; i < n; i++) {
            x[i] = new BigDecimal(system.rhs()[i]);
            for (int k = 0; k < i; k++) {
                x[i] = x[i].subtract(l[i][k].multiply(x[k]), DIGITS);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] = x[i].divide(d[i], DIGITS);
            for (int k = i + 1; k < n; k++) {
                x[i] = x[i].subtract(l[k][i].multiply(x[k]), DIGITS);
            }
        }
        return Arrays.stream(x).mapToDouble(BigDecimal::doubleValue).toArray();
    }

    /** |x - y| / |y|. */
    static double relativeError(double[] x, double[] y) {
        double[] difference = x.clone();
        Vectors.addScaled(-1, y, difference);
        return Vectors.norm(difference) / Vectors.norm(y);
    }
}
