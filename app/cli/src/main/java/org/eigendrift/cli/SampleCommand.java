package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift sample}. */
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        description = "Draws samples from a model.",
        footer = {
            "",
            "A sample depends on the seed and its number alone: the first 100 of 1000 are the 100 of --count 100.",
            "'eigendrift plugins list sampler' names the samplers."
        })
final class SampleCommand implements Runnable {
    private static final String OWN = "auto";

    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = {"-n", "--count"},
            required = true,
            paramLabel = "N",
            description = "How many samples.")
    private int count;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed (default: ${DEFAULT-VALUE}); the same seed gives the same samples.")
    private long seed;

    @Option(
            names = "--sampler",
            paramLabel = "SAMPLER",
            defaultValue = OWN,
            description = "Name of the sampler, or a block with its options: '{type: pf-ode, steps: 100}'"
                    + " (default: ${DEFAULT-VALUE}, the law's own way, with control of each sample's error).")
    private String sampler;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "Where the samples go; the ending chooses the format: .npy, .csv, ...")
    private Path out;

    SampleCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        if (count < 1) {
            throw new InputException("--count: expected a whole number of at least 1, found " + count);
        }
        SampleSettings settings = new SampleSettings(count, seed, Optional.empty(), Optional.empty(), false);
        Session.open(invocation.setting(global))
                .models()
                .sample(
                        invocation.working().resolve(model),
                        Optional.of(sampler).filter(name -> !name.equals(OWN)),
                        settings,
                        invocation.resultFile(out));
    }
}
