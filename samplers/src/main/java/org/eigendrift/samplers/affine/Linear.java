package org.eigendrift.samplers.affine;

/** Small dense linear systems of order conditions. */
final class Linear {
    private Linear() {}

    /** The solution of A x = b by elimination with partial pivoting; neither is modified. */
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], 0, m[i], 0, n);
            m[i][n] = b[i];
        }
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
            }
            double[] row = m[pivot];
            m[pivot] = m[k];
            m[k] = row;
            for (int i = k + 1; i < n; i++) {
                double factor = m[i][k] / row[k];
                for (int j = k; j <= n; j++) {
                    m[i][j] -= factor * row[j];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = m[i][n];
            for (int j = i + 1; j < n; j++) {
                sum -= m[i][j] * x[j];
            }
            x[i] = sum / m[i][i];
        }
        return x;
    }
}
