package org.eigendrift.engine.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covariances of the first functions against loops over rows. */
class LeadingMomentsTest {
    static Stream<List<String>> triples() {
        return Families.triples();
    }

    private static InMemory data(List<String> families, Points rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            columns.add(Families.column(families.get(i), "x" + i));
        }
        return new InMemory(columns, rows);
    }

    /** The same rows, read a few at a time. */
    private record Slowly(InMemory data, int most) implements Dataset {
        @Override
        public List<Column> columns() {
            return data.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.empty();
        }

        @Override
        public Reader open() {
            return new Reader() {
                private int next;

                @Override
                public int read(Points buffer) {
                    int count = Math.min(
                            Math.min(most, buffer.size()), data.points().size() - next);
                    if (count > 0) {
                        buffer.paste(0, data.points().slice(next, next + count));
                    }
                    next += count;
                    return count;
                }

                @Override
                public void close() {
                    next = data.points().size();
                }
            };
        }
    }

    /** Each function of each coordinate at each row. */
    private static double[][] values(List<CoordinateBasis> coordinates, Points rows) {
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < coordinates.size(); i++) {
            for (int k = 1; k <= Math.min(2, coordinates.get(i).size() - 1); k++) {
                double[] own = new double[rows.size()];
                for (int n = 0; n < own.length; n++) {
                    own[n] = Families.value(coordinates.get(i), k, rows.get(i, n));
                }
                values.add(own);
            }
        }
        return values.toArray(new double[0][]);
    }

    /** Of centred values, row-major. */
    private static double[] covariance(double[][] values) {
        int rows = values[0].length;
        double[] covariance = new double[values.length * values.length];
        double[] means = new double[values.length];
        for (int a = 0; a < means.length; a++) {
            for (double value : values[a]) {
                means[a] += value / rows;
            }
        }
        for (int a = 0; a < means.length; a++) {
            for (int b = 0; b < means.length; b++) {
                for (int n = 0; n < rows; n++) {
                    covariance[a * means.length + b] += (values[a][n] - means[a]) * (values[b][n] - means[b]) / rows;
                }
            }
        }
        return covariance;
    }

    /**
     * Sums of some thousand products, of functions that are below 30 at these rows, in another order: roundings of their
     * size, of which as many as rows add up to their root.
     */
    private static final double ROUNDING = 900 * Math.sqrt(5000) * 0x1p-52;

    /** Rows of less than a chunk, of exactly one, and of more than two. */
    @ParameterizedTest
    @MethodSource("triples")
    void theCovarianceIsThatOfLoopsOverRows(List<String> families) {
        List<CoordinateBasis> coordinates = Families.coordinates(families, 3);
        Points all = Families.rows(families, 5000, 51);
        for (int count : new int[] {37, 2048, 5000}) {
            Points rows = all.slice(0, count);
            double[] expected = covariance(values(coordinates, rows));
            LeadingMoments whole = LeadingMoments.of(data(families, rows), coordinates);
            assertArrayEquals(new int[] {0, 2, 4, 6}, whole.starts());
            assertEquals(count, whole.rows());
            assertArrayEquals(expected, whole.covariance(), ROUNDING);
            for (int most : new int[] {1, 100, 1999}) {
                LeadingMoments slow = LeadingMoments.of(new Slowly(data(families, rows), most), coordinates);
                assertEquals(count, slow.rows());
                assertArrayEquals(expected, slow.covariance(), ROUNDING);
            }
        }
    }

    /** Of degree 1 a polynomial family has one function, an angle cosine and sine. */
    @Test
    void coordinatesOfFewFunctionsBringThemAll() {
        List<String> families = List.of("hermite", "fourier", "cosine");
        List<CoordinateBasis> coordinates = Families.coordinates(families, 1);
        Points rows = Families.rows(families, 300, 52);
        LeadingMoments moments = LeadingMoments.of(data(families, rows), coordinates);
        assertArrayEquals(new int[] {0, 1, 3, 4}, moments.starts());
        assertArrayEquals(covariance(values(coordinates, rows)), moments.covariance(), ROUNDING);
    }
}
