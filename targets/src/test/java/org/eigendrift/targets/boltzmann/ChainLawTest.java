package org.eigendrift.targets.boltzmann;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.targets.KnownDensities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainLawTest {

    /** The Ginzburg-Landau chain with both ends held at 0. */
    static QuarticField field(int sites, double lambda, double beta) {
        double well = beta / (4 * lambda);
        double coupling = beta * lambda * (sites + 1) * (sites + 1);
        return new QuarticField(
                Lattice.of(List.of(sites), Boundary.DIRICHLET, "test"), coupling, well, -2 * well, well);
    }

    /**
     * Log partition functions and entropies from an independent transfer operator in NumPy: on a trapezoid grid, unchanged
     * to 1e-11 when it was doubled (first three rows), and with 321 to 641 Gauss-Legendre nodes, given to four decimals.
     */
    @ParameterizedTest
    @CsvSource({
        "8, 0.03, 0.125, 3.58621917, 8.45754, 1e-8",
        "24, 0.1, 0.125, -8.76029596, 6.82873, 1e-8",
        "64, 0.03, 0.125, -55.84046568, -15.42652, 1e-8",
        "25, 0.04, 0.125, -5.0616, 13.8171, 6e-5",
        "25, 0.04, 0.0625, 6.7476, 21.7424, 6e-5",
        "50, 0.03, 0.0625, -11.2551, 22.2380, 6e-5",
    })
    void partitionFunctionAndEntropy(
            int sites, double lambda, double beta, double logZ, double entropy, double tolerance) {
        assertEquals(logZ, new ChainLaw(field(sites, lambda, beta)).logPartition(), tolerance);
        // Entropy = log Z + E[U], and E[U] = -d log Z / d log beta, here by central differences.
        double h = 1e-4;
        double energy = (new ChainLaw(field(sites, lambda, beta * Math.exp(-h))).logPartition()
                        - new ChainLaw(field(sites, lambda, beta * Math.exp(h))).logPartition())
                / (2 * h);
        assertEquals(entropy, logZ + energy, 1e-4);
    }

    /** Rows with their exact log-densities, drawn and evaluated by that independent implementation. */
    @Test
    void densityOfKnownRows() throws IOException {
        ChainLaw law = new ChainLaw(field(8, 0.03, 0.125));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                KnownDensities.class.getResourceAsStream("ginzburg-landau-8.csv"), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            assertEquals(12, lines.size());
            for (String line : lines) {
                double[] row = Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                double[] logp = new double[1];
                law.logDensity(Points.ofRows(Arrays.copyOf(row, 8)), logp);
                assertEquals(row[8], logp[0], 1e-8);
            }
        }
    }

    /** Two free sites, by two-dimensional quadrature. */
    @Test
    void freeEndsByQuadrature() {
        QuarticField field = new QuarticField(Lattice.of(List.of(2), Boundary.NEUMANN, "test"), 1.3, 0.2, -1, 0.5);
        int cells = 500;
        double sum = 0;
        double[] energy = new double[cells];
        Points line = Points.zeros(2, cells);
        for (int row = 0; row < cells; row++) {
            for (int n = 0; n < cells; n++) {
                line.set(0, n, -5 + 10.0 * n / cells);
                line.set(1, n, -5 + 10.0 * row / cells);
            }
            field.energy(line, energy);
            for (double e : energy) {
                sum += Math.exp(-e);
            }
        }
        assertEquals(Math.log(sum * 0.02 * 0.02), new ChainLaw(field).logPartition(), 1e-10);
    }

    /**
     * Draws against exact values of the transfer operator: mean energy 15.58903 and second moment in the middle 0.6185133
     * (independent computation, as above), within three standard errors.
     */
    @Test
    void drawsHaveTheLawsMoments() {
        QuarticField field = field(24, 0.1, 0.125);
        int rows = 20_000;
        Points points = Points.zeros(24, rows);
        new ChainLaw(field).draw(new CounterRandom(2), 0, rows, points);
        double[] energy = new double[rows];
        field.energy(points, energy);
        mean(energy, 15.58903);
        double[] square = points.column(12);
        for (int n = 0; n < rows; n++) {
            square[n] *= square[n];
        }
        mean(square, 0.6185133);
    }

    private static void mean(double[] values, double expected) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        assertEquals(expected, mean, 3 * Math.sqrt(variance / values.length));
    }
}
