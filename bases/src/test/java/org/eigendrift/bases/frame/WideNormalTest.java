package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.bases.frame.WideNormal.Kind;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideNormalTest {
    private static final CounterRandom RANDOM = new CounterRandom(8);

    /** Rows of columns of given noise that share a few factors with loadings of one size. */
    private static double[][] rows(int count, double[] noise, int factors, double loading) {
        double[][] rows = new double[count][noise.length];
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < noise.length; i++) {
                rows[n][i] = 5 + noise[i] * RANDOM.normal(n, i);
                for (int f = 0; f < factors; f++) {
                    rows[n][i] += loading * RANDOM.normal(1_000_000 + f, i) * RANDOM.normal(2_000_000 + n, f);
                }
            }
        }
        return rows;
    }

    private static double[] noise(int columns, double from, double to) {
        return IntStream.range(0, columns)
                .mapToDouble(i -> from * Math.pow(to / from, (double) i / (columns - 1)))
                .toArray();
    }

    /** The law by the matrix of all pairs of columns: Ledoit and Wolf's sums over rows, its inverse and its determinant. */
    @ParameterizedTest
    @ValueSource(ints = {20, 50})
    void itIsTheLawOfTheShrunkMatrixOfAllPairs(int count) {
        double[][] rows = rows(count, noise(30, 1, 1000), 2, 10);
        WideNormal law = WideNormal.of(rows, Kind.CORRELATED);
        int d = 30;
        DMatrixRMaj z = new DMatrixRMaj(count, d);
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < d; i++) {
                z.set(n, i, (rows[n][i] - law.mean()[i]) / law.unit()[i]);
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multTransA(1.0 / count, z, z, covariance);
        double t = CommonOps_DDRM.trace(covariance) / d;
        double noise = 0;
        double signal = 0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                signal += Math.pow(covariance.get(i, j) - (i == j ? t : 0), 2);
                for (int n = 0; n < count; n++) {
                    noise += Math.pow(z.get(n, i) * z.get(n, j) - covariance.get(i, j), 2) / count / count;
                }
            }
        }
        double share = noise / signal;
        assertTrue(share > 0.02 && share < 0.95, "the share is one of both: " + share);
        CommonOps_DDRM.scale(1 - share, covariance);
        for (int i = 0; i < d; i++) {
            covariance.add(i, i, share * t);
        }
        double constant = Math.log(CommonOps_DDRM.det(covariance)) + d * Math.log(2 * Math.PI);
        CommonOps_DDRM.invert(covariance);
        double logUnits = Arrays.stream(law.unit()).map(Math::log).sum();
        for (int n = 0; n < count; n++) {
            double distance = 0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    distance += z.get(n, i) * covariance.get(i, j) * z.get(n, j);
                }
            }
            double expected = -0.5 * (distance + constant) - logUnits;
            // The condition of the shrunk matrix, below 1e4, times a rounding of a distance of some 30.
            assertEquals(expected, law.logDensity(rows[n]), 1e-10 * Math.abs(expected));
        }
    }

    /** Where one unit is right for the noise of all columns, few rows are better described by it than by as many units. */
    @Test
    void columnsThatMeasureAlikeShareAUnit() {
        WideNormal law = WideNormal.of(rows(20, noise(200, 2, 2), 3, 1));
        assertEquals(1, Arrays.stream(law.unit()).distinct().count());
    }

    /** Columns of one variance get one from all of them, those of many keep their own. */
    @Test
    void variancesAreShrunkByTheScatterOfNormalRows() {
        for (double to : new double[] {3, 3000}) {
            double[] noise = noise(400, 3, to);
            double[] unit =
                    WideNormal.of(rows(12, noise, 0, 0), Kind.CORRELATED).unit();
            double worst = IntStream.range(0, 400)
                    .mapToDouble(i -> Math.abs(Math.log(unit[i] / noise[i])))
                    .max()
                    .orElseThrow();
            // The deviation of log s of 12 normal rows is sqrt(trigamma(5.5) / 4) = 0.22, its largest of 400 some 0.8;
            // that of
            // the mean is 0.011. Where all are the same the excess of their scatter has a deviation of sqrt(2 / 400) =
            // 7 %; four
            // of them leave 27 %.
            assertTrue(to == 3 ? worst < 0.8 * 0.27 + 0.04 : worst > 0.4, "largest error " + worst);
        }
    }

    /** Noise of many sizes beside strong factors, which shrunk correlations blur; the rows ask for factors, and get them. */
    @Test
    void factorsAreFoundWhereHeldOutRowsSaySo() {
        double[] noise = noise(300, 0.1, 10);
        double[][] rows = rows(80, noise, 5, 1);
        WideNormal plain = WideNormal.of(rows, Kind.CORRELATED);
        WideNormal chosen = WideNormal.of(rows);
        double loss = 0;
        double gain = 0;
        double[][] fresh = rows(1080, noise, 5, 1);
        for (int n = 80; n < 1080; n++) {
            loss += (exact(fresh[n], noise) - plain.logDensity(fresh[n])) / 1000;
            gain += (chosen.logDensity(fresh[n]) - plain.logDensity(fresh[n])) / 1000;
        }
        // 1,500 loadings and 300 variances of 80 rows cost half a unit of log-likelihood in 80 each, 11 nats, of some
        // 150.
        assertTrue(loss > 50 && gain > 0.8 * loss, "of " + loss + " nats " + gain + " come back");
    }

    /** The law of {@link #rows} of five factors, covariance N^2 + L L', by Woodbury's identity. */
    private static double exact(double[] row, double[] noise) {
        DMatrixRMaj inner = CommonOps_DDRM.identity(5);
        DMatrixRMaj along = new DMatrixRMaj(5, 1);
        double squares = 0;
        for (int i = 0; i < row.length; i++) {
            double x = (row[i] - 5) / noise[i];
            squares += x * x + 2 * Math.log(noise[i]);
            for (int f = 0; f < 5; f++) {
                double loading = RANDOM.normal(1_000_000 + f, i) / noise[i];
                along.add(f, 0, loading * x);
                for (int g = 0; g < 5; g++) {
                    inner.add(f, g, loading * RANDOM.normal(1_000_000 + g, i) / noise[i]);
                }
            }
        }
        double log = Math.log(CommonOps_DDRM.det(inner));
        DMatrixRMaj solved = new DMatrixRMaj(5, 1);
        CommonOps_DDRM.solve(inner, along, solved);
        return -0.5 * (squares - CommonOps_DDRM.dot(along, solved) + log + row.length * Math.log(2 * Math.PI));
    }
}
