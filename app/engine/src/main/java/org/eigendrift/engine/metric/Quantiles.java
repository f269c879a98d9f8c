package org.eigendrift.engine.metric;

import java.util.Arrays;

/** Transport between one-dimensional samples by matching quantiles, and medians. */
final class Quantiles {
    private Quantiles() {}

    /**
     * Mean p-th power of the distance between matched quantiles: W_p^p of the empirical laws, exact when the sizes
     * agree. Otherwise both are read at the quantiles (i + 1/2) / n of the larger size n.
     *
     * @param a sorted; not modified
     * @param b sorted; not modified
     * @param squared whether p is 2 (else 1)
     */
    static double transport(double[] a, double[] b, boolean squared) {
        return transport(a, a.length, b, b.length, squared);
    }

    /** The same of the first {@code sizeA} and {@code sizeB} values. */
    static double transport(double[] a, int sizeA, double[] b, int sizeB, boolean squared) {
        int n = Math.max(sizeA, sizeB);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = at(a, sizeA, i, n) - at(b, sizeB, i, n);
            sum += squared ? difference * difference : Math.abs(difference);
        }
        return sum / n;
    }

    private static double at(double[] sorted, int size, int i, int n) {
        if (size == n) {
            return sorted[i];
        }
        return sorted[Math.min((int) ((i + 0.5) / n * size), size - 1)];
    }

    /** W_1 of two samples in any order; not modified. */
    static double wasserstein1(double[] a, double[] b) {
        double[] sortedA = a.clone();
        double[] sortedB = b.clone();
        Arrays.sort(sortedA);
        Arrays.sort(sortedB);
        return transport(sortedA, sortedB, false);
    }

    /** The median, the mean of the two middle values if their number is even; {@code values} is reordered. */
    static double median(double[] values) {
        int middle = values.length / 2;
        double upper = select(values, middle);
        if (values.length % 2 == 1) {
            return upper;
        }
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < middle; i++) {
            lower = Math.max(lower, values[i]);
        }
        return (lower + upper) / 2;
    }

    /** The value of the given rank, from 0 (Hoare); {@code values} is reordered so that none before it is larger. */
    static double select(double[] values, int rank) {
        int from = 0;
        int to = values.length - 1;
        while (from < to) {
            double pivot = values[(from + to) >>> 1];
            int i = from - 1;
            int j = to + 1;
            while (true) {
                do {
                    i++;
                } while (values[i] < pivot);
                do {
                    j--;
                } while (values[j] > pivot);
                if (i >= j) {
                    break;
                }
                double swap = values[i];
                values[i] = values[j];
                values[j] = swap;
            }
            if (rank <= j) {
                to = j;
            } else {
                from = j + 1;
            }
        }
        return values[rank];
    }
}
