package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.cli.output.NpyArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guidance in configurations and on the command line, beside the closed forms of a Gaussian observed in its first column. */
class GuidanceCommandsTest {
    private static final double[][] COVARIANCE = {{2, 0.9}, {0.9, 0.6}};
    private static final double SEEN = 1;
    private static final double NOISE = 0.5;

    /** Of the posterior: variance of the observed number, gain, mean and variance of the second column, evidence. */
    private static final double OBSERVED = COVARIANCE[0][0] + NOISE * NOISE;

    private static final double MEAN = COVARIANCE[1][0] / OBSERVED * SEEN;
    private static final double VARIANCE = COVARIANCE[1][1] - COVARIANCE[1][0] * COVARIANCE[1][0] / OBSERVED;
    private static final double EVIDENCE = -0.5 * (SEEN * SEEN / OBSERVED + Math.log(2 * Math.PI * OBSERVED));

    private static final String GUIDANCE =
            "{ type: moment-matched, operator: { type: mask, columns: [x1] }, value: [1], noise: 0.5 }";
    private static final String TARGET =
            "{ type: gaussian, covariance: [[2, 0.9], [0.9, 0.6]], rows: 20000, heldout: 100 }";

    private static byte[] model;

    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        write("exact.yaml", """
                target: %s
                model: exact
                process: { type: ou, earliest: 1e-4 }
                guidance: %s
                corrector: { type: smc, steps: 60 }
                sample: { count: 2000, seed: 7 }
                """.formatted(TARGET, GUIDANCE));
        write("fit.yaml", """
                target: %s
                components: 1
                density: flow
                basis: { family: hermite, degree: 2 }
                """.formatted(TARGET));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    private void model() throws IOException {
        if (model == null) {
            assertEquals(Main.DONE, command.run("fit", "fit.yaml", "--out", "m.safetensors"), command.err());
            model = Files.readAllBytes(directory.resolve("m.safetensors"));
        } else {
            Files.write(directory.resolve("m.safetensors"), model);
        }
    }

    private JsonNode metrics(String directoryName) throws IOException {
        return new ObjectMapper()
                .readTree(
                        directory.resolve(directoryName).resolve("metrics.json").toFile());
    }

    /** Mean and variance of the second column. */
    private double[] moments(String file) {
        NpyArray array = NpyArray.read(directory.resolve(file), "samples", 2);
        int rows = array.shape()[0];
        double mean = 0;
        for (int n = 0; n < rows; n++) {
            mean += array.values()[2 * n + 1] / rows;
        }
        double variance = 0;
        for (int n = 0; n < rows; n++) {
            double z = array.values()[2 * n + 1] - mean;
            variance += z * z / rows;
        }
        return new double[] {mean, variance};
    }

    /** Five standard errors of as many independent draws as there are effective particles. */
    private static void near(double mean, double variance, double[] found, double effective, double slack) {
        assertEquals(mean, found[0], 5 * Math.sqrt(variance / effective) + slack, "mean");
        assertEquals(variance, found[1], 5 * variance * Math.sqrt(2 / effective) + slack, "variance");
    }

    /** How far a point is from two half circles, (cos a, sin a) and (1 - cos a, 1/2 - sin a). */
    private static double fromMoons(double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 200; k++) {
            double a = Math.PI * k / 200;
            double upper = Math.hypot(x - Math.cos(a), y - Math.sin(a));
            double lower = Math.hypot(x - 1 + Math.cos(a), y - 0.5 + Math.sin(a));
            least = Math.min(least, Math.min(upper, lower));
        }
        return least;
    }

    /**
     * Of this fit log p as its functions expand it is hundreds of nats too high in the corners of the range, at x1 = -3.4 and 3.7. The flow does not
     * go there, and its own samples, of which those that score as rare are kept, tell what rare ones are.
     */
    @Test
    void rareSamplesOfTwoMoonsAreAboutBothAndNoFarther() throws IOException {
        write(
                "moons.yaml",
                "{target: {type: two-moons, rows: 5000}, guidance: minority, sample: {count: 1000, seed: 1}}");
        assertEquals(Main.DONE, command.run("fit", "moons.yaml", "--out", "moons.safetensors"), command.err());
        String[] sample = {"sample", "moons.safetensors", "--guidance", "minority", "-n", "1000", "--out", "rare.npy"};
        assertEquals(Main.DONE, command.run(sample), command.err());

        double[] x = NpyArray.read(directory.resolve("rare.npy"), "samples", 2).values();
        double[] away = away(x, IntStream.range(0, 1000));
        double[] expected = rareByRejection();
        // The median of 90 effective ones scatters by .5 / sqrt(90) over the density of distances there, some 4: five
        // of these.
        assertEquals(expected[expected.length / 2], away[500], 0.07, "median");
        assertTrue(away[999] < 1.2 * expected[expected.length - 1], "farthest " + away[999]);
        long right = IntStream.range(0, 1000).filter(n -> x[2 * n] > 0.5).count();
        assertTrue(right > 200 && right < 800, right + " of 1000 at the right");
    }

    private static double[] away(double[] x, IntStream rows) {
        return rows.mapToDouble(n -> fromMoons(x[2 * n], x[2 * n + 1])).sorted().toArray();
    }

    /** Distances of the flow's samples that are among the tenth of lowest likelihood, and not beyond reach (4 sqrt(2 / 2) nats). */
    private double[] rareByRejection() throws IOException {
        String[] sample = {"sample", "moons.safetensors", "-n", "4000", "--out", "all.npy"};
        assertEquals(Main.DONE, command.run(sample), command.err());
        String[] score = {"score", "moons.safetensors", "--data", "all.npy", "--out", "nats.npy"};
        assertEquals(Main.DONE, command.run(score), command.err());
        double[] x = NpyArray.read(directory.resolve("all.npy"), "samples", 2).values();
        double[] nats = NpyArray.read(directory.resolve("nats.npy"), "nats", 2).values();
        double[] sorted = nats.clone();
        Arrays.sort(sorted);
        return away(
                x, IntStream.range(0, nats.length).filter(n -> nats[n] <= sorted[400] && nats[n] >= sorted[400] - 4));
    }

    @Test
    void particlesOfAnExactLawHaveItsPosteriorAndEvidence() throws IOException {
        assertEquals(Main.DONE, command.run("run", "exact.yaml", "--out", "a"), command.err());

        JsonNode guidance = metrics("a").path("guidance");
        double effective = guidance.path("ancestors").asDouble();
        assertTrue(effective > 300, guidance.toString());
        String report = Files.readString(directory.resolve("a").resolve("report.html"));
        assertTrue(report.contains("Effective sample size at each step, 0 to 2000"), "report");
        near(MEAN, VARIANCE, moments("a/samples.npy"), effective, 1e-3);
        // Weights of the exact guidance of a Gaussian are nearly constant: its evidence errs by less than one over the
        // root of 2000.
        assertEquals(EVIDENCE, guidance.path("log_evidence").asDouble(), 0.05);
        // E[(1 - x1)^2] under the posterior.
        double gain = COVARIANCE[0][0] / OBSERVED;
        double expected = Math.sqrt(Math.pow(SEEN * (1 - gain), 2) + COVARIANCE[0][0] * (1 - gain));
        assertEquals(expected, guidance.path("misfit").asDouble(), 0.1 * expected);
        assertTrue(guidance.path("effective_sample_size").asDouble() > 800, guidance.toString());
        // A line for each step after the pool, in the second half of the grid at least.
        int lines = Files.readAllLines(directory.resolve("a/particles.csv")).size();
        assertTrue(lines > 30 && lines <= 61, lines + " lines");
        assertFalse(metrics("a").path("samples").has("mmd"), "guided samples are not to be like the rows");

        assertEquals(Main.DONE, command.run("run", "a/run.yaml", "--out", "b", "--threads", "2"), command.err());
        assertArrayEquals(
                Files.readAllBytes(directory.resolve("a/samples.npy")),
                Files.readAllBytes(directory.resolve("b/samples.npy")));
    }

    /**
     * Of a Gaussian law the Gaussian's posterior is the truth's: means agree up to the noise of 200 draws, and nine of ten truths lie within.
     * 60 rows' share has deviation .04, so that .9 is within three of them above .78. Rows of the same file again give the same bits.
     */
    @Test
    void heldOutRowsAreReconstructedFromTheirObservations() throws IOException {
        write("rows.yaml", """
                target: %s
                model: exact
                process: { type: ou, earliest: 1e-4 }
                guidance: { type: moment-matched, operator: { type: mask, columns: [x1] }, noise: 0.5 }
                reconstruct: 60
                sampler: { type: reverse-sde, steps: 60, grid: log-snr }
                sample: { count: 200, seed: 7 }
                evaluate: []
                output: { format: csv }
                """.formatted(TARGET));
        assertEquals(Main.DONE, command.run("run", "rows.yaml", "--out", "rows"), command.err());
        JsonNode found = metrics("rows").path("reconstruction");
        assertEquals(60, found.path("rows").asInt());
        double rmse = found.path("rmse").asDouble();
        double known = found.path("gaussian_rmse").asDouble();
        // Of the posterior's deviation, .8 of the column's at most, a mean of 200 draws has a fourteenth as its error.
        assertEquals(known, rmse, 0.01, "rmse");
        assertEquals(
                Math.sqrt(VARIANCE / COVARIANCE[1][1]),
                known,
                0.25,
                "rmse of the posterior's own deviation, of 60 rows");
        assertEquals(found.path("gaussian_crps").asDouble(), found.path("crps").asDouble(), 0.01, "crps");
        assertTrue(found.path("coverage").asDouble() > 0.78, found.toString());
        String table = Files.readString(directory.resolve("rows/reconstructions.csv"));
        assertEquals(1 + 60 * 2, table.lines().count());
        assertTrue(
                table.lines().skip(1).filter(line -> line.contains(",x2,")).allMatch(line -> line.contains("x2,,")),
                "x2 is not seen");
        String report = Files.readString(directory.resolve("rows/report.html"));
        assertTrue(report.contains("id=\"reconstructions\""), "section");
        assertTrue(report.contains("\"recovered\":[["), "chart");
        assertEquals(Main.DONE, command.run("run", "rows/run.yaml", "--out", "again"), command.err());
        assertEquals(table, Files.readString(directory.resolve("again/reconstructions.csv")), "run.yaml again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reconstruct=101 | reconstruct: expected at most 100",
                "sample.count=1 | sample.count: expected at least 2",
                "guidance={ type: reward, objective: { type: linear, weights: [1, 0] } } | reconstruct: needs one guidance by",
                "guidance=[] | reconstruct: needs guidance by an observation",
                "target.heldout=0 | held-out rows",
            })
    void rowsThatCannotBeReconstructedAreRefusedBeforehand(String assignment, String expected) throws IOException {
        write("rows.yaml", """
                target: %s
                model: exact
                process: { type: ou, earliest: 1e-4 }
                guidance: { type: moment-matched, operator: { type: mask, columns: [x1] }, noise: 0.5 }
                reconstruct: 3
                """.formatted(TARGET));
        assertWrong(expected, "run", "rows.yaml", "--set", assignment);
    }

    /** Far off and nearly without noise, by guidance that errs most there, in few steps: the evidence would be one particle's word. */
    @Test
    void noEvidenceIsToldWhereHardlyAParticleCounts() throws IOException {
        String[] run = {
            "run",
            "exact.yaml",
            "--out",
            "few",
            "--set",
            "guidance.type=dps",
            "--set",
            "guidance.value=[9]",
            "--set",
            "guidance.noise=0.02",
            "--set",
            "corrector={type: smc, steps: 8, trust: 1e9}"
        };
        assertEquals(Main.DONE, command.run(run), command.err());
        JsonNode metrics = metrics("few");
        assertTrue(metrics.path("guidance").path("effective_sample_size").asDouble() < 100, metrics.toString());
        assertFalse(metrics.path("guidance").has("log_evidence"), metrics.toString());
        assertTrue(command.out().contains("no evidence is told")
                || metrics.toString().contains("no evidence is told"));
    }

    @Test
    void samplersFollowGuidanceThatIsExactForGaussians() throws IOException {
        for (String sampler : new String[] {"ddim", "reverse-sde", "{type: pf-ode, steps: 100}"}) {
            assertEquals(
                    Main.DONE,
                    command.run(
                            "run",
                            "exact.yaml",
                            "--out",
                            "s",
                            "--set",
                            "corrector=auto",
                            "--set",
                            "sampler=" + sampler),
                    command.err());
            // Their steps move means and variances by less than a tenth.
            near(MEAN, VARIANCE, moments("s/samples.npy"), 2000, 0.1);
            assertTrue(metrics("s").path("guidance").has("misfit"));
            assertFalse(metrics("s").path("guidance").has("ancestors"));
        }
    }

    @Test
    void aFittedModelIsAskedForAnObservation() throws IOException {
        model();
        write("given.yaml", "guidance: " + GUIDANCE + "\n");
        String[] sample = {
            "sample", "m.safetensors", "-n", "2000", "--corrector", "{type: smc, steps: 60}", "--guidance"
        };
        assertEquals(Main.DONE, command.run(with(sample, GUIDANCE, "--out", "a.npy")), command.err());
        assertTrue(command.out().contains("effective sample size"), command.out());
        assertEquals(Main.DONE, command.run(with(sample, "given.yaml", "--out", "b.npy")), command.err());

        // The fit's own error: 20,000 rows, and what leaves off at the rim.
        near(MEAN, VARIANCE, moments("a.npy"), 500, 0.02);
        assertArrayEquals(
                Files.readAllBytes(directory.resolve("a.npy")), Files.readAllBytes(directory.resolve("b.npy")));
        double told = Double.parseDouble(command.out().replaceAll("(?s).*log evidence (\\S+).*", "$1"));
        assertEquals(EVIDENCE, told, 0.1);
    }

    @Test
    void temperatureAndProductChangeTheVariance() throws IOException {
        model();
        double variance = COVARIANCE[1][1];
        String[] sample = {"sample", "m.safetensors", "-n", "2000", "--temperature"};
        assertEquals(Main.DONE, command.run(with(sample, "2", "--out", "hot.npy")), command.err());
        near(0, 2 * variance, moments("hot.npy"), 300, 0.05);
        assertEquals(
                Main.DONE,
                command.run("product", "m.safetensors", "m.safetensors", "-n", "2000", "--out", "both.npy"),
                command.err());
        near(0, variance / 2, moments("both.npy"), 300, 0.02);
        assertEquals(
                Main.DONE,
                command.run(
                        "product",
                        "m.safetensors",
                        "m.safetensors",
                        "--exponents",
                        "0.3,0.7",
                        "-n",
                        "2000",
                        "--out",
                        "mean.npy"),
                command.err());
        near(0, variance, moments("mean.npy"), 300, 0.02);
    }

    /** The process of a hermite fit is the variance-preserving one: samplers of affine processes serve it. */
    @Test
    void aHermiteFitTakesSamplersOfAffineProcesses() throws IOException {
        model();
        assertEquals(
                Main.DONE,
                command.run("sample", "m.safetensors", "-n", "2000", "--sampler", "ddim", "--out", "d.npy"),
                command.err());
        near(0, COVARIANCE[1][1], moments("d.npy"), 2000, 0.1);
    }

    private static String[] with(String[] first, String... then) {
        String[] all = java.util.Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
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
                "guidance.type=momentmatched | guidance.type: unknown guidance 'momentmatched'; did you mean 'moment-matched'?",
                "guidance.operator.columns=[x3] | mask.columns: unknown column 'x3'",
                "guidance.value=[1, 2] | observes 1 numbers, found 2",
                "guidance=product | there is one model alone; the command 'product'",
                "sampler=ddim | corrector: moves samples itself; leave out 'sampler'",
                "sample.trajectory=true | sample.trajectory: is of points that follow a sampler",
                "guidance=[] | corrector: makes guidance exact, and there is none",
                "reconstruct=3 | guidance.value: is made of held-out rows where 'reconstruct' is given",
                "reconstruct=many | reconstruct: expected how many held-out rows to reconstruct",
                "guidance.value=[1e308] | moment-matched.value: expected numbers from -1.0E100 to 1.0E100",
                "guidance.noise=0 | corrector: an observation without noise leaves no particle a weight",
                "guidance={ type: reward, objective: { type: expression, formula: log(x1) } } | reward.objective 'expression': is NaN at",
                "guidance={ type: reward, objective: { type: expression, formula: x1^2 }, weight: 3 } | the law that is asked for has no end",
                "guidance.value=[1e99] | the law that is asked for has no end within 100000 deviations of the rows: its density does not fall at [",
                "sample.reconstruct=3 | sample.reconstruct: unknown option; known: count, seed, initial, noise, trajectory; 'reconstruct' is a block of its own, beside 'sample'",
            })
    void mistakesOfAConfigurationAreToldBeforehand(String assignment, String expected) {
        assertWrong(expected, "run", "exact.yaml", "--set", assignment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "density=gibbs | write 'density: flow', or leave it out",
                "basis.family=cosine | write 'family: hermite', or leave it out",
            })
    void aFitThatCannotBeGuidedIsRefusedBeforeIt(String assignment, String expected) {
        assertWrong(expected, "run", "fit.yaml", "--set", "guidance=" + GUIDANCE, "--set", assignment);
    }

    /** What a frame or the process of the functions rules out, before the fit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frame=[gaussianize] | guidance=LINEAR | sampler=auto | ddnm.operator: needs an affine operator",
                "basis.family=mean-field | guidance=[] | sampler=GRID | grids that fit: uniform",
                "basis=auto | guidance=[] | sampler=GRID | grids that fit: uniform",
                "basis.family=mean-field | guidance=[] | sampler=ddim | ddim",
                "process={ earliest: 0.02, horizon: 3 } | guidance=[] | sampler=GRID | (process: earliest, horizon)",
            })
    void whatTheSettingsRuleOutIsRefusedBeforeTheFit(String fit, String guidance, String sampler, String expected) {
        String linear = GUIDANCE.replace("moment-matched", "ddnm");
        assertWrong(
                expected,
                "run",
                "fit.yaml",
                "--out",
                "early",
                "--set",
                "target.rows=200",
                "--set",
                fit,
                "--set",
                guidance.replace("LINEAR", linear),
                "--set",
                sampler.replace("GRID", "{ type: pf-ode, steps: 6, grid: { type: timesteps } }"));
        assertFalse(Files.exists(directory.resolve("early/model.safetensors")), command.err());
    }

    /** How many rows of a file are not held out is known when it has been read: it is rehearsed all the same. */
    @Test
    void rowsOfAFileAreRehearsedToo() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        for (int n = 0; n < 60; n++) {
            double a = new CounterRandom(1).normal(n, 0);
            rows.append(Math.exp(a) + "," + Math.exp(0.5 * a + new CounterRandom(1).normal(n, 1)) + "\n");
        }
        write("positive.csv", rows.toString());
        write(
                "positive.yaml",
                "target: { type: csv, path: positive.csv, positive: [a, b] }\nframe: [unbound]\ncomponents: 1\n"
                        + "guidance: { type: pi-gdm, operator: { type: mask, columns: [a] }, value: [1], noise: 0.5 }\n"
                        + "sample: { count: 12 }\nevaluate: []\n");
        assertWrong("pi-gdm.operator: needs an affine operator", "run", "positive.yaml", "--out", "early");
        assertFalse(Files.exists(directory.resolve("early/model.safetensors")), command.err());
    }

    /** T and t_min left to the fit may be wider than those of the rehearsal: times that no law of few rows has are left to it. */
    @Test
    void timesAreNotRefusedBeforeTheFitThatChoosesThem() {
        assertWrong(
                "outside [t_min, T]",
                "run",
                "fit.yaml",
                "--out",
                "late",
                "--set",
                "target.rows=200",
                "--set",
                "sampler={ type: pf-ode, steps: 6, grid: { type: list, times: [40, 1, 0.1] } }");
        assertTrue(Files.exists(directory.resolve("late/model.safetensors")), command.err());
    }

    @Test
    void modelsThatCannotBeGuidedAreRefusedByName() throws IOException {
        String two = "{ type: two-moons, rows: 2000, heldout: 500 }";
        write(
                "cosine.yaml",
                "target: " + two + "\ncomponents: 1\ndensity: flow\nbasis: { family: cosine, degree: 6 }\n");
        assertEquals(Main.DONE, command.run("fit", "cosine.yaml", "--out", "c.safetensors"), command.err());
        String[] sample = {"sample", "c.safetensors", "-n", "10", "--out", "s.npy", "--guidance", GUIDANCE};
        assertWrong("needs an affine process", sample);
        model();
        assertWrong(
                "frame: column 'x1' is ", "product", "m.safetensors", "c.safetensors", "-n", "10", "--out", "s.npy");
        assertWrong(
                "--exponents: expected one for each of 2 models",
                "product",
                "m.safetensors",
                "m.safetensors",
                "-n",
                "10",
                "--exponents",
                "1",
                "--out",
                "s.npy");
        assertWrong(
                "--guidance: nothing.yaml: there is no such file",
                "sample",
                "m.safetensors",
                "-n",
                "10",
                "--out",
                "s.npy",
                "--guidance",
                "nothing.yaml");
    }

    /** What stands beside guidance in a configuration and is not read from it is not passed over. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reconstruct: 3 | beside.yaml: reconstruct: takes held-out rows of a target",
                "sampler: ddim | beside.yaml: sampler: is not read from a file of guidance; name it by --sampler",
                "corrector: none | beside.yaml: corrector: is not read from a file of guidance; name it by --corrector",
            })
    void blocksBesideGuidanceAreToldOf(String block, String expected) throws IOException {
        model();
        write("beside.yaml", "guidance: " + GUIDANCE + "\n" + block + "\n");
        assertWrong(expected, "sample", "m.safetensors", "-n", "10", "--out", "s.npy", "--guidance", "beside.yaml");
    }

    /** What cannot be read of 'reconstruct' is said alone, and not that a value is missing beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"reconstruct=many", "sample.reconstruct=3"})
    void aWrongReconstructIsSaidOnce(String wrong) {
        String open = GUIDANCE.replace("value: [1], ", "");
        assertFalse(open.contains("value"), open);
        String[] run = {"run", "exact.yaml", "--set", "guidance=" + open, "--set", wrong};
        assertEquals(Main.WRONG_INPUT, command.run(run));
        assertFalse(command.err().contains("missing"), command.err());
    }

    /** Two that contradict each other are missed by the same number. */
    @Test
    void aRemarkIsSaidOnce() {
        String near = GUIDANCE.replace("noise: 0.5", "noise: 0.01");
        String both = "[" + near + ", " + near.replace("value: [1]", "value: [-1]") + "]";
        String[] run = {"run", "exact.yaml", "--out", "b", "--set", "corrector=none", "--set", "guidance=" + both};
        assertEquals(Main.DONE, command.run(run), command.err());
        assertEquals(2, metricsText("b").split("samples miss the observation", -1).length, metricsText("b"));
    }

    /**
     * An observation two hundred deviations off is met by the law's tail alone: the posterior's mean misses it by
     * 300 noise^2 / (2 + noise^2) = 7.5 noise.
     */
    @Test
    void anObservationThatHardlyASampleMeetsIsSaid() {
        String far = GUIDANCE.replace("value: [1]", "value: [300]").replace("noise: 0.5", "noise: 0.05");
        assertEquals(
                Main.DONE,
                command.run("run", "exact.yaml", "--out", "f", "--set", "guidance=" + far, "--set", "corrector=none"),
                command.err());
        assertTrue(metricsText("f").contains("samples miss the observation by"), metricsText("f"));
    }

    /** A normal law is one and the same at all times: its fit may end while rows still have noise, and samplers with it. */
    @Test
    void aModelThatEndsInNoiseIsSaidToAndParticlesAreExactThere() throws IOException {
        write("late.yaml", """
                target: %s
                components: 1
                density: flow
                frame: [ { type: whiten, scale: true } ]
                basis: { family: hermite, degree: 2 }
                process: { earliest: 0.5 }
                """.formatted(TARGET));
        assertEquals(Main.DONE, command.run("fit", "late.yaml", "--out", "late.safetensors"), command.err());
        String[] sample = {"sample", "late.safetensors", "-n", "2000", "--out", "l.npy", "--guidance", GUIDANCE};
        assertEquals(Main.DONE, command.run(with(sample, "--sampler", "ddim")), command.err());
        assertTrue(
                command.out()
                        .contains("guidance: the model ends at t = 0.500, where rows keep noise of 1.3 deviations"),
                command.out());
        assertEquals(Main.DONE, command.run(sample), command.err());
        assertFalse(command.out().contains("the model ends at"), command.out());
        near(MEAN, VARIANCE, moments("l.npy"), 500, 0.05);
    }

    private String metricsText(String name) {
        try {
            return Files.readString(directory.resolve(name).resolve("metrics.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Three tenths about (-2, 1), seven about (2, -1), unit circles; the first column is seen at 0 with noise 1. */
    private static final String TWO = "{ type: gaussian-mixture, weights: [0.3, 0.7], means: [[-2, 1], [2, -1]],"
            + " scales: [1, 1], rows: 20000, heldout: 100 }";

    /**
     * Both means are as far from what is seen, so that the posterior keeps the weights .3 and .7; the second column, which does not depend
     * on the first within a component, has mean .3 - .7 = -.4 and variance 1 + 4 * .3 * .7. Particles tell the evidence N(0; 2, 2).
     */
    @ParameterizedTest
    @CsvSource({"'{type: smc, steps: 40, pool: 2}', true", "none, false"})
    void flowsOfAMixtureAreGuidedOneByOne(String corrector, boolean particles) throws IOException {
        write("two.yaml", """
                target: %s
                components: 2
                density: flow
                basis: { family: hermite, degree: 2 }
                process: { earliest: 1e-3 }
                guidance: { type: moment-matched, operator: { type: mask, columns: [x1] }, value: [0], noise: 1 }
                corrector: %s
                sample: { count: 1000, seed: 7 }
                evaluate: []
                output: { format: npy }
                """.formatted(TWO, corrector));
        assertEquals(Main.DONE, command.run("run", "two.yaml", "--out", "two"), command.err());
        double[] found = moments("two/samples.npy");
        // Charts part 20,000 rows by responsibilities; weights and means of the fit are known to .02 (five standard
        // errors), with which
        // x1's mean moves a component's evidence by (2 / 2) .02. Weights are spread evenly, means scatter like 1,000
        // draws.
        assertEquals(-0.4, found[0], 5 * Math.sqrt(1 / 1000.0) + 2 * 0.03, "mean");
        assertEquals(1 + 4 * 0.21, found[1], 5 * Math.sqrt(2 * 1.84 * 1.84 / 1000) + 0.06, "variance");
        JsonNode told = metrics("two").path("guidance");
        assertEquals(particles, told.has("log_evidence"), told.toString());
        if (particles) {
            double evidence = -0.5 * (4 / 2.0 + Math.log(2 * Math.PI * 2));
            assertEquals(evidence, told.path("log_evidence").asDouble(), 0.1, "evidence");
        }
    }

    @Test
    void whatIsAskedOfTheLawAsAWholeIsRefusedOfSeveralFlowsBeforeTheFit() {
        String expected = "asks of the law as a whole and cannot be taken flow by flow";
        assertWrong(expected, "run", "fit.yaml", "--set", "guidance=minority", "--set", "components=3");
    }

    /** The process of guidance has real coordinates: who is told of another family would be told of this one by guidance. */
    @Test
    void aFrameThatBoundsColumnsIsNotAnsweredByAFamilyThatGuidanceRefuses() throws IOException {
        write("bounded.yaml", """
                target: %s
                frame: [box]
                guidance: %s
                """.formatted(TARGET, GUIDANCE));
        assertEquals(Main.WRONG_INPUT, command.run("run", "bounded.yaml", "--out", "out"));
        assertTrue(
                command.err().endsWith("or a frame that makes it real ('unbound'; none, where a frame bounds it)"),
                command.err());
        write("angles.yaml", """
                target: { type: von-mises-mixture, means: [[1, 2], [4, 5]], rows: 100, heldout: 50 }
                guidance: { type: temperature, temperature: 0.8 }
                """);
        assertEquals(Main.WRONG_INPUT, command.run("run", "angles.yaml", "--out", "out"));
        assertTrue(
                command.err()
                        .endsWith("is an angle, and guidance takes real, positive and bounded columns;"
                                + " leave out the column, or guidance"),
                command.err());
    }
}
