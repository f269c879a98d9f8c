package org.eigendrift.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.wiring.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eigendrift product}. */
@Command(
        name = "product",
        mixinStandardHelpOptions = true,
        description = "Draws from the product of powers of models, normalised: p1^b1 p2^b2 ...",
        footer = {
            "",
            "1,1 is the product, 0.5,0.5 the geometric mean, 1.5,-0.5 the difference that guides. The models must have the",
            "same columns and frames, which 'fit --like' sees to, and be flows of the hermite family.",
            "",
            "  eigendrift product a.safetensors b.safetensors --exponents 1,1 -n 5000 -o both.npy"
        })
final class ProductCommand implements Runnable {
    private final Invocation invocation;

    @Mixin
    private GlobalOptions global;

    @Mixin
    private DrawOptions drawing;

    @Parameters(arity = "2..*", paramLabel = "MODEL", description = "The models, files that fit or run wrote.")
    private List<Path> models;

    @Option(
            names = "--exponents",
            split = ",",
            paramLabel = "B",
            description = "An exponent for each model (default: 1 for each).")
    private List<Double> exponents;

    @Option(
            names = "--sampler",
            paramLabel = "SAMPLER",
            description =
                    "A sampler that follows the sum of scores, which is not exact (default: particles, which are).")
    private String sampler;

    ProductCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        List<Double> powers = exponents == null ? Collections.nCopies(models.size(), 1.0) : exponents;
        if (powers.size() != models.size()) {
            throw new InputException(
                    "--exponents: expected one for each of " + models.size() + " models, found " + powers.size());
        }
        List<Path> files = models.stream().map(invocation.working()::resolve).toList();
        SampleSettings settings = drawing.settings(2);
        Session.open(invocation.setting(global))
                .guiding()
                .product(files, powers, Optional.ofNullable(sampler), settings, drawing.file(invocation));
    }
}
