package org.eigendrift.targets.simulator;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.SimulatorProvider;

/**
 * Parameters theta ~ N(0, prior I) and x ~ N(theta, noise I), both variances: the posterior is normal about x prior / (prior + noise), of
 * variance prior noise / (prior + noise). As gaussian_linear of Lueckmann et al., Benchmarking simulation-based inference, AISTATS 2021.
 */
public final class LinearGaussian implements SimulatorProvider<LinearGaussian.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public LinearGaussian() {}

    /**
     * The options.
     *
     * @param dimension how many parameters, and outputs
     * @param prior variance of each parameter
     * @param noise variance of each output
     */
    public record Options(
            @Option(doc = "how many parameters, and outputs", value = "10", min = 1, max = 1000)
            int dimension,

            @Option(doc = "variance of each parameter", value = "0.1", min = 1e-12)
            double prior,

            @Option(doc = "variance of each output about its parameter", value = "0.1", min = 1e-12)
            double noise) {}

    @Override
    public String name() {
        return "linear-gaussian";
    }

    @Override
    public String summary() {
        return "normal parameters seen with normal noise, exact posterior";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Simulator create(Options options, RunContext context) {
        return new Simulator() {
            @Override
            public List<Column> parameters() {
                return columns("theta", options.dimension());
            }

            @Override
            public List<Column> outputs() {
                return columns("x", options.dimension());
            }

            @Override
            public void prior(CounterRandom random, long simulation, double[] parameters) {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] = Math.sqrt(options.prior()) * random.normal(simulation, i);
                }
            }

            @Override
            public void simulate(CounterRandom random, long simulation, double[] parameters, double[] outputs) {
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = parameters[i] + Math.sqrt(options.noise()) * random.normal(simulation, i);
                }
            }
        };
    }

    private static List<Column> columns(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Column.real(name + i))
                .toList();
    }
}
