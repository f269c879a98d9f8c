package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.run.Asking;
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
            "A sample depends on the seed and its number alone: the first 100 of 1000 are the 100 of --count 100 (but",
            "for particles, which depend on each other).",
            "'eigendrift plugins list sampler' names the samplers."
        })
final class SampleCommand implements Runnable {
    private static final String OWN = "auto";

    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private DrawOptions drawing;

    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = "--sampler",
            paramLabel = "SAMPLER",
            defaultValue = OWN,
            description = "Name of the sampler, or a block with its options: '{type: pf-ode, steps: 100}'"
                    + " (default: ${DEFAULT-VALUE}, the law's own way, with control of each sample's error).")
    private String sampler;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Draws rows that meet it: \"species = 'Gentoo' and body_mass_g > 5000\".")
    private String where;

    @Option(
            names = "--where-rows",
            paramLabel = "FILE",
            description = "Draws rows that agree with each row of a file, --count for each; open cells are drawn.")
    private String whereRows;

    @Option(
            names = "--guidance",
            paramLabel = "GUIDANCE",
            description =
                    "What steers samples: a block, '{type: moment-matched, operator: {type: mask, columns: [a]}, value: [1]}',"
                            + " a list of blocks, or a YAML file of either; may be repeated, and the last steers last.")
    private List<String> guidance = List.of();

    @Option(
            names = "--corrector",
            paramLabel = "CORRECTOR",
            description = "What makes guidance exact: a name, a block, or none (default: particles, smc, unless"
                    + " --sampler names a sampler).")
    private String corrector;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Draws from the law p^(1/T), normalised: below 1 its modes sharpen, above 1 they widen.")
    private Double temperature;

    SampleCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        SampleSettings settings = drawing.settings(1);
        if (where != null || whereRows != null) {
            ask();
            return;
        }
        Session.open(invocation.setting(global))
                .models()
                .sample(
                        invocation.working().resolve(model),
                        Optional.of(sampler).filter(name -> !name.equals(OWN)),
                        new GuidanceText(
                                guidance,
                                Optional.ofNullable(corrector),
                                temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature),
                                !sampler.equals(OWN)),
                        settings,
                        drawing.file(invocation));
    }

    private void ask() {
        if (!sampler.equals(OWN) || !guidance.isEmpty() || corrector != null || temperature != null) {
            throw new InputException(
                    (where != null ? "--where" : "--where-rows")
                            + ": expected without --sampler, --guidance, --corrector and --temperature, which carry samples another way");
        }
        Asking asking = Session.open(invocation.setting(global)).asking();
        Path file = invocation.working().resolve(model);
        if (whereRows == null) {
            asking.where(file, where, drawing.count(1), drawing.seed(), drawing.file(invocation));
        } else {
            asking.impute(
                    new Asking.Question(file, "--where-rows", whereRows, Optional.ofNullable(where), drawing.seed()),
                    Optional.empty(),
                    drawing.count(1),
                    false,
                    drawing.file(invocation));
        }
    }
}
