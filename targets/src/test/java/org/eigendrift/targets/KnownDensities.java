package org.eigendrift.targets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Points of two-dimensional targets with their exact log-densities, computed with NumPy and SciPy from the definitions
 * by an implementation of its own: 400-node quadrature for the moons, 1,500-node for the spirals, {@code ive} for the
 * Bessel functions. Twenty draws of each target and its five least likely of 10,000.
 */
public final class KnownDensities {
    private KnownDensities() {}

    /** One point: x1, x2, log-density. */
    public static List<double[]> of(String target) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                KnownDensities.class.getResourceAsStream("densities.csv"), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.split(","))
                    .filter(cells -> cells[0].equals(target))
                    .map(cells -> new double[] {
                        Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), Double.parseDouble(cells[3])
                    })
                    .toList();
        }
    }
}
