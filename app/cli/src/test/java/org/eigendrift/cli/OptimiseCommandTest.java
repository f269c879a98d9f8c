package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Optimisation on the command line: a Gaussian's regularised optimum, and the moons that plain gradients leave. */
class OptimiseCommandTest {
    private static final String NEAR = "{type: near, point: [3, 1]}";

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        fit("{ type: gaussian, mean: [1, -0.5], covariance: [[2, 0.9], [0.9, 0.6]], rows: 20000, heldout: 100 }", 2);
    }

    private void fit(String target, int degree) throws IOException {
        Files.writeString(
                directory.resolve("fit.yaml"),
                "target: " + target + "\ncomponents: 1\ndensity: flow\nbasis: { family: hermite, degree: " + degree
                        + " }\n");
        assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
    }

    /** Rows of the table without its header; an empty cell is NaN. */
    private double[][] table() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("t.csv"));
        return lines.stream()
                .skip(1)
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                        .toArray())
                .toArray(double[][]::new);
    }

    private double[][] optimise(String... more) throws IOException {
        String[] first = {"optimise", "m.safetensors", "--out", "s.npy", "--table", "t.csv"};
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        assertEquals(Main.DONE, command.run(all), command.err());
        return table();
    }

    /**
     * With f = -|x - a|^2 / 2 and lambda = noise^2 / raise = 1 the optimum solves (I + Sigma^-1) x = a + Sigma^-1 mu. The mean of
     * 1000 particles scatters by at most sqrt(2 / 1000) = 0.045, and half the gradient's scatter comes to it; four of both.
     */
    @ParameterizedTest
    @CsvSource({"smc", "sampler"})
    void theMeanOfTheSamplesReachesTheRegularisedOptimum(String how) throws IOException {
        double[] precision = {0.6 / 0.39, -0.9 / 0.39, 2 / 0.39};
        double b1 = 3 + precision[0] * 1 + precision[1] * -0.5;
        double b2 = 1 + precision[1] * 1 + precision[2] * -0.5;
        double determinant = (1 + precision[0]) * (1 + precision[2]) - precision[1] * precision[1];
        double x1 = ((1 + precision[2]) * b1 - precision[1] * b2) / determinant;
        double x2 = ((1 + precision[0]) * b2 - precision[1] * b1) / determinant;

        String[] drawn = how.equals("smc")
                ? new String[] {"--corrector", "{type: smc, steps: 40}"}
                : new String[] {"--sampler", "{type: pf-ode, steps: 60}"};
        double[][] rounds = optimise(
                "-n", "1000", "--objective", NEAR, "--rounds", "6", "--raise", "4", "--noise", "2", drawn[0], drawn[1]);
        double[] last = rounds[6];
        assertEquals(9, last.length, "7 figures and the means of 2 columns");
        assertEquals(x1, last[7], 0.2);
        assertEquals(x2, last[8], 0.12);
        // f - (lambda / 2) distance^2 at the optimum, from the numbers above.
        double square = precision[0] * (x1 - 1) * (x1 - 1)
                + 2 * precision[1] * (x1 - 1) * (x2 + 0.5)
                + precision[2] * (x2 + 0.5) * (x2 + 0.5);
        double best = -0.5 * ((x1 - 3) * (x1 - 3) + (x2 - 1) * (x2 - 1)) - 0.5 * square;
        // At the optimum it is flat: errors count squared.
        assertEquals(best, last[4], 0.05);
        assertTrue(
                command.out().contains("regularised objective f - 0.5000 (x - mu)' Sigma^-1 (x - mu)"), command.out());
        assertEquals(how.equals("smc"), last[6] > 500, "effective sample size " + last[6]);
    }

    /** Fitted to what was drawn, the model passes the regularised optimum. */
    @Test
    void aRefittedModelGoesOn() throws IOException {
        String[] common = {
            "-n",
            "1000",
            "--objective",
            NEAR,
            "--rounds",
            "8",
            "--raise",
            "1",
            "--noise",
            "2",
            "--sampler",
            "{type: pf-ode, steps: 60}"
        };
        double[] held = optimise(common)[8];
        String[] refitted = Arrays.copyOf(common, common.length + 2);
        refitted[common.length] = "--refit";
        refitted[common.length + 1] = "2";
        double[] gone = optimise(refitted)[8];
        assertTrue(gone[3] > 0.5 * held[3], "f " + held[3] + " and " + gone[3]);
    }

    /**
     * With f = x1 and lambda = noise^2 / raise = 1 samples of the fitted Gaussian move by the first column of Sigma, (2, .9): means of the
     * fit's own rows, whose covariance has relative errors sqrt(2 / 20000), and what the flow leaves of it.
     */
    @Test
    void samplesClimbByTheGradientThroughTheFlow() throws IOException {
        double[][] rounds = optimise(
                "-n",
                "200",
                "--objective",
                "{type: linear, weights: [1, 0]}",
                "--rounds",
                "3",
                "--raise",
                "4",
                "--noise",
                "2",
                "--adjoint");
        assertEquals(2, rounds[3][7] - rounds[0][7], 0.08);
        assertEquals(0.9, rounds[3][8] - rounds[0][8], 0.05);
        assertTrue(command.out().contains("(z - z0)' V^-1 (z - z0)"), command.out());
    }

    /** The forward-prediction loss keeps samples on the moons, where a gradient that does not pass the denoiser leaves them. */
    @Test
    void theForwardPredictionLossKeepsSamplesOnTheMoons() throws IOException {
        fit("{ type: two-moons, rows: 20000, heldout: 1000 }", 16);
        double[] density = new double[2];
        for (String scale : new String[] {"corrected", "plain"}) {
            double[][] rounds = optimise(
                    "-n",
                    "400",
                    "--objective",
                    "{type: linear, weights: [1, 0]}",
                    "--rounds",
                    "2",
                    "--noise",
                    "0.3",
                    "--raise",
                    "0.2",
                    "--sampler",
                    "{type: pf-ode, steps: 100}",
                    "--scale",
                    scale);
            density[scale.equals("plain") ? 1 : 0] = rounds[2][5];
        }
        assertTrue(density[0] > density[1] + 1, density[0] + " and " + density[1]);
    }

    @ParameterizedTest
    @CsvSource({"--sampler,ddim", "--corrector,smc", "--refit,2", "--scale,plain"})
    void whatGuidesIsRefusedWhereSamplesClimb(String option, String value) {
        assertWrong(
                option + ": is of guidance, and with --adjoint",
                "optimise",
                "m.safetensors",
                "-n",
                "10",
                "--out",
                "s.npy",
                "--objective",
                NEAR,
                "--adjoint",
                option,
                value);
    }

    private void assertWrong(String expected, String... arguments) {
        assertEquals(Main.WRONG_INPUT, command.run(arguments), command.err());
        assertTrue(command.err().contains(expected), () -> "expected '" + expected + "' in: " + command.err());
        assertEquals(1, command.err().lines().count(), command.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--objective={type: linear, weights: [1]} | linear.weights: expected 2 numbers, one for each column, found 1",
                "--objective={type: liner, weights: [1]} | --objective: objective.type: unknown objective 'liner'; did you mean 'linear'?",
                "--objective={type: linear, weights: [0, 0]} | objective: has the same value at all samples",
                "--rounds=0 | rounds: expected a whole number of at least 1, found 0",
                "--raise=0 | raise: expected a number above 0, found 0.0",
                "--refit=21 | refit: expected a round from 1 to 20, found 21",
                "--scale=plane | did you mean 'plain'?",
                "--sampler=ddum | did you mean 'ddim'?",
                "--count=1 | --count: expected a whole number of at least 2, found 1",
            })
    void mistakesAreToldInALine(String option, String expected) {
        List<String> arguments = new java.util.ArrayList<>(List.of("optimise", "m.safetensors", "--out", "s.npy"));
        if (!option.startsWith("--objective")) {
            arguments.add("--objective=" + NEAR);
        }
        if (!option.startsWith("--count")) {
            arguments.add("--count=50");
        }
        arguments.add(option);
        assertWrong(expected, arguments.toArray(String[]::new));
    }
}
