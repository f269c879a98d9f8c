package org.eigendrift.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    private static final Path BASE = Path.of("/data/study");
    private static final Path WORKING = Path.of("/home/user");

    private static Configuration read(String text, String... assignments) {
        return new ConfigurationReader(Providers.catalog(), WORKING)
                .read("c.yaml", "c", text, BASE, List.of(assignments));
    }

    private static String error(String text, String... assignments) {
        return assertThrows(InputException.class, () -> read(text, assignments)).getMessage();
    }

    @Test
    void onlyTheTargetIsNeeded() {
        Configuration configuration = read("target: two-moons");
        assertEquals("two-moons", configuration.target().name());
        assertEquals(Optional.empty(), configuration.sampler(), "the law's own way");
        assertEquals("auto", configuration.write().get("sampler"));
        assertEquals(Optional.empty(), read("target: two-moons\nsampler: auto").sampler());
        assertEquals(10_000, configuration.sample().count());
        assertEquals("npy", configuration.output().format().name());
        assertEquals(6, configuration.metrics().size());
        assertEquals(Path.of("/home/user/out/c"), configuration.directory(WORKING));
    }

    @Test
    void inputsAreRelativeToTheConfigurationAndResultsToTheWorkingDirectory() {
        Configuration configuration =
                read("target: {type: csv, path: rows/a.csv}\noutput: {dir: results/x}\nsample: {initial: ../x0.npy}");
        assertEquals(
                new Providers.Csv.Options(Path.of("/data/study/rows/a.csv"), List.of(), 0.2),
                configuration.target().options());
        assertEquals(Path.of("/home/user/results/x"), configuration.directory(WORKING));
        assertEquals(Path.of("/data/x0.npy"), configuration.sample().initial().orElseThrow());
    }

    @Test
    void setOverridesTheFile() {
        Configuration configuration =
                read("target: two-moons\nsampler: {steps: 9}", "sampler.steps=3", "sample.seed=11", "solver=cg");
        assertEquals(
                new Providers.PfOde.Options(Providers.PfOde.Method.HEUN, 3),
                configuration.sampler().orElseThrow().options());
        assertEquals(11, configuration.sample().seed());
        assertEquals("cg", configuration.fit().solver().named().orElseThrow().name());
    }

    @Test
    void exactModelsHaveAnAffineProcess() {
        Configuration configuration =
                read("target: two-moons\nmodel: exact\nprocess: {type: vp, beta_max: 10}\nevaluate: []");
        assertEquals(
                new Providers.Vp.Options(10),
                configuration.process().orElseThrow().options());
        assertEquals(List.of(), configuration.metrics());
        assertEquals(
                "c.yaml: process: missing; 'model: exact' needs an affine process, {type: NAME, ...}; known: vp",
                error("target: two-moons\nmodel: {type: exact}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // missing and unknown names
                "sample: {count: 1}|c.yaml: target: missing; expected what is to be modelled, a name or {type: NAME, ...}; known: csv, two-moons",
                "target:|c.yaml:1: target: missing; expected what is to be modelled, a name or {type: NAME, ...}; known: csv, two-moons",
                "target: two-mons|c.yaml:1: target.type: unknown target 'two-mons'; did you mean 'two-moons'? known: csv, two-moons",
                "target:\\n  type: zzz|c.yaml:2: target.type: unknown target 'zzz'; known: csv, two-moons",
                "target: {type: [csv]}|c.yaml:1: target.type: expected the name of a plugin, found [csv]",
                "target: {path: x}|c.yaml:1: target.type: expected the name of a plugin, found nothing",
                "target: 7|c.yaml:1: target: expected a name or a block of keys, found 7",
                "target: {type: csv}|c.yaml:1: target.path: missing; expected a path",
                // blocks and options
                "target: two-moons\\nsovler: cg|c.yaml:2: sovler: unknown block; did you mean 'solver'? known: target, law, given, prior, proposal, components, density, frame, basis, model, process, solver, guidance, corrector, reconstruct, sampler, sample, evaluate, output",
                "target: {type: two-moons, noise: 1}|c.yaml:1: target.noise: unknown option; there are none here",
                "target: two-moons\\nsolver:\\n  type: cg\\n  tolerence: 1|c.yaml:4: solver.tolerence: unknown option; did you mean 'tolerance'? known: tolerance, max_iterations, preconditioner, ridge, fallback",
                "target: two-moons\\nsolver: {type: cg, rigde: 1}|c.yaml:2: solver.rigde: unknown option; did you mean 'ridge'? known: tolerance, max_iterations, preconditioner, ridge, fallback",
                "target: two-moons\\nsolver: {type: cg, ridge: gvc}|c.yaml:2: solver.ridge: expected a number of at least 0, auto or a rule: unknown ridge-rule 'gvc'; did you mean 'gcv'? known: gcv",
                "target: two-moons\\nbasis: {family: cosine, degre: 3}|c.yaml:2: basis.degre: unknown option; did you mean 'degree'? known: scale, degree, columns, clusters",
                "target: two-moons\\nbasis: cosin|c.yaml:2: basis.family: unknown basis 'cosin'; did you mean 'cosine'? known: cosine",
                "target: two-moons\\nbasis:\\n  columns:\\n    a: {family: cosien}|c.yaml:4: basis.columns.a.family: unknown basis 'cosien'; did you mean 'cosine'? known: cosine",
                "target: two-moons\\nsample: {cuont: 3}|c.yaml:2: sample.cuont: unknown option; did you mean 'count'? known: count, seed, initial, noise, trajectory",
                // values
                "target: two-moons\\nsolver:\\n  type: cg\\n  tolerance: tight|c.yaml:4: solver.tolerance: expected a number above 0, found 'tight'",
                "target: two-moons\\nsolver: {type: cg, tolerance: 0}|c.yaml:2: solver.tolerance: expected a number above 0, found 0",
                "target: two-moons\\nsolver: {type: cg, preconditioner: {type: ssor, omega: 3}}|c.yaml:2: solver.preconditioner.omega: expected a number in (0, 2], found 3",
                "target: two-moons\\nsolver: {type: cg, preconditioner: sor}|c.yaml:2: solver.preconditioner: unknown preconditioner 'sor'; did you mean 'ssor'? known: ssor",
                "target: two-moons\\nsampler: {steps: 2.5}|c.yaml:2: sampler.steps: expected a whole number of at least 1, found 2.5",
                "target: two-moons\\nsampler: {steps: 99999999999}|c.yaml:2: sampler.steps: expected a whole number of at least 1, found 99999999999",
                "target: two-moons\\nsampler: {method: huen}|c.yaml:2: sampler.method: unknown value 'huen'; did you mean 'heun'? known: euler, heun",
                "target: two-moons\\nsample: {count: -1}|c.yaml:2: sample.count: expected a whole number in [0, 1000000000], found -1",
                "target: two-moons\\nmodel: exakt|c.yaml:2: model.type: unknown value 'exakt'; did you mean 'exact'? known: fitted, exact",
                "target: two-moons\\nprocess: {times: 2}|c.yaml:2: process.times: expected a whole number in [3, 10000] or auto, found 2",
                "target: two-moons\\nprocess: {horizon: 1, earliest: 2}|c.yaml:2: process: earliest must lie before horizon, found 2.0 and 1.0",
                "target: two-moons\\nbasis: {degree: 0}|c.yaml:2: basis.degree: expected a whole number in [1, 512] or auto, found 0",
                "target: two-moons\\nevaluate: [mmd, mdm]|c.yaml:2: evaluate[1].type: unknown metric 'mdm'; did you mean 'mmd'? known: energy, evidence-bound, log-likelihood, mmd, second-moment, sliced-wasserstein",
                "target: two-moons\\nevaluate: mdm|c.yaml:2: evaluate.type: unknown metric 'mdm'; did you mean 'mmd'? known: energy, evidence-bound, log-likelihood, mmd, second-moment, sliced-wasserstein",
                "target: two-moons\\nframe: [box, {type: box, margni: 1}]|c.yaml:2: frame[1].margni: unknown option; did you mean 'margin'? known: margin",
                "target: two-moons\\noutput: {format: nyp}|c.yaml:2: output.format: unknown writer 'nyp'; did you mean 'npy'? known: npy",
            })
    void eachMistakeIsOneLineWithPlaceAndKey(String text, String expected) {
        assertEquals(expected, error(text.replace("\\n", "\n")));
    }

    @Test
    void everyMistakeIsReportedAtOnceInTheOrderOfLines() {
        assertEquals("""
                c.yaml:1: target.hold_out: unknown option; did you mean 'holdout'? known: path, columns, holdout
                c.yaml:1: target.path: missing; expected a path
                c.yaml:3: sampler.steps: expected a whole number of at least 1, found 0
                c.yaml:4: solver.tolerance: expected a number above 0, found -1
                c.yaml:5: outptu: unknown block; did you mean 'output'? known: target, law, given, prior, proposal, components, density, frame, basis, model, process,\
                 solver, guidance, corrector, reconstruct, sampler, sample, evaluate, output""", error("""
                        target: {type: csv, hold_out: 0.1}
                        sampler:
                          steps: 0
                        solver: {type: cg, tolerance: -1}
                        outptu: {}
                        """));
    }

    @Test
    void aMistakeOfTheCommandLineNamesTheOption() {
        assertEquals(
                "--set solver.tolerance=tight: solver.tolerance: expected a number above 0, found 'tight'",
                error("target: two-moons\nsolver: cg", "solver.tolerance=tight"));
    }

    @Test
    void aMissingFileAndADirectoryAreNamed(@TempDir Path directory) throws IOException {
        ConfigurationReader reader = new ConfigurationReader(Providers.catalog(), directory);
        assertEquals(
                "nowhere.yaml: there is no such file; expected a configuration",
                assertThrows(InputException.class, () -> reader.read(Path.of("nowhere.yaml"), List.of()))
                        .getMessage());
        Files.createDirectory(directory.resolve("dir"));
        assertEquals(
                "dir: cannot be read: it is a directory",
                assertThrows(InputException.class, () -> reader.read(Path.of("dir"), List.of()))
                        .getMessage());
        Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, (byte) 0xff});
        assertEquals(
                "latin.yaml: not a text in UTF-8; expected a configuration",
                assertThrows(InputException.class, () -> reader.read(Path.of("latin.yaml"), List.of()))
                        .getMessage());
    }

    @Test
    void theResolvedFileReadsAsTheSameConfiguration() {
        Configuration first = read("""
                target: {type: csv, path: a.csv, columns: [x, y]}
                frame: [{type: box, margin: 0.1}]
                basis: {family: cosine, degree: 6, columns: {x: {family: cosine, scale: 0.1}}, clusters: {order: 2}}
                process: {horizon: 2.5}
                solver: {type: cg, tolerance: 1e-9, ridge: 1e-3, fallback: [cg]}
                sample: {count: 17, seed: -3, trajectory: true}
                evaluate: [mmd]
                output: {dir: out/here}
                """);
        String text = ResolvedFile.text(first, Map.of("eigendrift", "1.2.3"));
        Configuration second = new ConfigurationReader(Providers.catalog(), Path.of("/elsewhere"))
                .read("run.yaml", "run", text, Path.of("/home/user/out/here"), List.of());
        assertEquals(first.write(), second.write());
        assertEquals(text, ResolvedFile.text(second, Map.of("eigendrift", "1.2.3")));
        assertTrue(text.contains("tolerance: 1.0E-9") && text.contains("path: /data/study/a.csv"), text);
    }
}
