package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.run.Optimising;
import org.eigendrift.cli.wiring.Session;
import org.eigendrift.engine.guidance.Optimisation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift optimise}. */
@Command(
        name = "optimise",
        mixinStandardHelpOptions = true,
        description = "Draws samples whose objective is high, in rounds of gradient guidance.",
        footer = {
            "",
            "Each round linearises the objective at the mean of the samples and draws --count samples near a higher value.",
            "Rounds climb the objective less noise^2 / (2 raise) times the squared distance from the data's mean, in",
            "standard deviations.",
            "With --adjoint each sample climbs by itself, by the gradient through the flow with respect to its start.",
            "'eigendrift plugins list objective' names the objectives.",
            "",
            "  eigendrift optimise m.safetensors --objective '{type: near, point: [1, 2]}' -n 1000 -o best.csv"
        })
final class OptimiseCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private DrawOptions drawing;

    @Parameters(paramLabel = "MODEL", description = "The model, a file that fit or run wrote.")
    private Path model;

    @Option(
            names = "--objective",
            required = true,
            paramLabel = "OBJECTIVE",
            description = "What is to be high: a block, '{type: linear, weights: [1, 0]}'.")
    private String objective;

    @Option(
            names = "--rounds",
            paramLabel = "K",
            defaultValue = "20",
            description = "How many rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--raise",
            paramLabel = "DELTA",
            description = "How far a target lies above what was reached (default: the objective's standard deviation).")
    private Double raise;

    @Option(
            names = "--noise",
            paramLabel = "S",
            description = "How far from the target samples may be (default: the objective's standard deviation).")
    private Double noise;

    @Option(
            names = "--refit",
            paramLabel = "K",
            description = "The first round to whose samples the model is fitted (default: never).")
    private Integer refit;

    @Option(
            names = "--as-published",
            description = "The gradient of the last round alone and a constant raise: need not converge.")
    private boolean published;

    @Option(
            names = "--adjoint",
            description = "Moves the start of each sample by the gradient through the flow, instead of guidance.")
    private boolean adjoint;

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            description = "Scale of gradient-guidance: corrected, published or plain (default: corrected).")
    private String scale;

    @Option(
            names = "--sampler",
            paramLabel = "SAMPLER",
            description =
                    "A sampler that follows the guided score, exact for Gaussian data alone (default: particles).")
    private String sampler;

    @Option(
            names = "--corrector",
            paramLabel = "CORRECTOR",
            description = "What moves particles: a name or a block (default: smc, unless --sampler names a sampler).")
    private String corrector;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description = "Where the table of rounds goes, with the mean of the samples in every column (CSV).")
    private Path table;

    OptimiseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** What says how samples are guided says nothing where they climb by themselves. */
    private void checkAdjoint() {
        Map<String, Object> others = new LinkedHashMap<>();
        others.put("--refit", refit);
        others.put("--as-published", published ? true : null);
        others.put("--scale", scale);
        others.put("--sampler", sampler);
        others.put("--corrector", corrector);
        others.forEach((option, value) -> {
            if (adjoint && value != null) {
                throw InputException.at(
                        option, "is of guidance, and with --adjoint samples follow the flow; leave out one of the two");
            }
        });
    }

    @Override
    public void run() {
        checkAdjoint();
        Optimisation.Settings settings = new Optimisation.Settings(
                rounds,
                raise == null ? OptionalDouble.empty() : OptionalDouble.of(raise),
                noise == null ? OptionalDouble.empty() : OptionalDouble.of(noise),
                published,
                refit == null ? OptionalInt.empty() : OptionalInt.of(refit));
        Optimising.Drawn drawn = new Optimising.Drawn(
                Optional.ofNullable(scale).orElse("corrected").toLowerCase(Locale.ROOT),
                Optional.ofNullable(sampler),
                Optional.ofNullable(corrector),
                drawing.count(2),
                drawing.seed(),
                adjoint);
        Session.open(invocation.setting(global))
                .optimising()
                .optimise(
                        invocation.working().resolve(model),
                        objective,
                        settings,
                        drawn,
                        drawing.file(invocation),
                        Optional.ofNullable(table).map(invocation::resultFile));
    }
}
