package org.eigendrift.engine.metric;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.contract.GivenEvaluation;

/**
 * Three small sets of rows in three coordinates: a bent Gaussian, drawn once with NumPy and rounded to three decimals;
 * the samples are shifted by (0.15, -0.1, 0). The values that tests expect of them were computed with NumPy 2.4.6 from
 * the definitions in the metrics' documentation, by a script that shares no code with this project's.
 */
final class Recorded {
    static final Points SAMPLES = read("samples.csv");
    static final Points REFERENCE = read("reference.csv");
    static final Points TRAIN = read("train.csv");
    /** As many training rows as samples. */
    static final Points STAND_INS = TRAIN.slice(0, 240);

    private Recorded() {}

    static GivenEvaluation evaluation() {
        return GivenEvaluation.of(SAMPLES, TRAIN, REFERENCE);
    }

    private static Points read(String name) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Recorded.class.getResourceAsStream(name), StandardCharsets.US_ASCII))) {
            return Points.ofRows(reader.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
