package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;

/**
 * A selection of the N noise levels of a discrete schedule, alpha^2 of level k = (1 - beta_0) .. (1 - beta_k), for
 * whatever process: the level's ratio sigma / alpha decides. The spacings are those in common use (Lin et al.,
 * "Common diffusion noise schedules and sample steps are flawed", 2305.08891, table 2).
 */
public final class Timesteps implements TimeGridProvider<Timesteps.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Timesteps() {}

    /** Which levels k of 0 .. N - 1 the n nodes before the last are. */
    public enum Spacing {
        /** n nodes even from N - 1 to 0. */
        LINSPACE,
        /** The first n of n + 1 nodes even from N - 1 to 0. */
        LINSPACE_OPEN,
        /** Multiples of N div n, from the (n - 1)th down to 0, plus the offset. */
        LEADING,
        /** Multiples of N div (n + 1), from the nth down to the first, plus the offset. */
        LEADING_OPEN,
        /** From N - 1 down in steps of N / n. */
        TRAILING,
        /** Levels round(N (1 - i / n)) - 1. */
        SUBSAMPLE
    }

    /**
     * The options.
     *
     * @param spacing which levels
     * @param levels N
     * @param betaStart beta of level 0
     * @param betaEnd beta of level N - 1
     * @param offset added to every level of leading
     * @param round whether fractional levels are rounded
     * @param end what follows the n nodes
     */
    public record Options(
            @Option(doc = "which levels the steps begin at", value = "leading")
            Spacing spacing,

            @Option(doc = "number of levels N", value = "1000", min = 2)
            int levels,

            @Option(doc = "beta of level 0", value = "0.0001", min = 0, max = 1, open = true)
            double betaStart,

            @Option(doc = "beta of level N - 1", value = "0.02", min = 0, max = 1, open = true)
            double betaEnd,

            @Option(doc = "added to every level of leading", value = "0", min = 0)
            int offset,

            @Option(
                    doc = "whether fractional levels are rounded (half to even); otherwise sigma / alpha is"
                            + " interpolated",
                    value = "true")
            boolean round,

            @Option(doc = "what follows the n nodes: stop: level 0; zero: t = 0; denoise: both", value = "zero")
            End end) {}

    @Override
    public String name() {
        return "timesteps";
    }

    @Override
    public String summary() {
        return "a selection of the levels of a discrete schedule";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        AffineProcess p = Ladder.affine(name(), context.process());
        double[] ratios = ratios(options);
        double[] nodes = nodes(options, context.steps());
        boolean atZero = nodes[nodes.length - 1] == 0 && options.end != End.ZERO;
        // Nodes that reach level 0 by themselves are one step fewer: the last would have no length.
        GridContext sized = atZero ? new GridContext(context.process(), context.steps() - 1) : context;
        return options.end.grid(sized, k -> {
            double[] times = new double[k + 1];
            for (int i = 0; i <= k; i++) {
                times[i] = Level.atRatio(p, interpolate(ratios, i < nodes.length ? nodes[i] : 0))
                        .t();
            }
            return times;
        });
    }

    /** sigma / alpha of every level. */
    private static double[] ratios(Options options) {
        double[] ratios = new double[options.levels];
        double logAlphaSquared = 0;
        for (int k = 0; k < ratios.length; k++) {
            logAlphaSquared +=
                    Math.log1p(-(options.betaStart + (options.betaEnd - options.betaStart) * k / (ratios.length - 1)));
            ratios[k] = Math.sqrt(Math.expm1(-logAlphaSquared));
        }
        return ratios;
    }

    private static double interpolate(double[] ratios, double level) {
        int k = Math.min((int) Math.floor(level), ratios.length - 2);
        return ratios[k] + (level - k) * (ratios[k + 1] - ratios[k]);
    }

    /** The levels of the n nodes. */
    static double[] nodes(Options options, int n) {
        int levels = options.levels;
        if (n >= levels) {
            throw new InputException("steps: " + n + " of " + levels + " levels; expected fewer steps than levels");
        }
        double[] nodes = new double[n];
        for (int i = 0; i < n; i++) {
            double level = switch (options.spacing) {
                case LINSPACE -> n == 1 ? 0 : (levels - 1) * (double) (n - 1 - i) / (n - 1);
                case LINSPACE_OPEN -> (levels - 1) * (double) (n - i) / n;
                case LEADING -> (n - 1 - i) * (levels / n) + options.offset;
                case LEADING_OPEN -> (n - i) * (levels / (n + 1)) + options.offset;
                case TRAILING -> levels - i * ((double) levels / n) - 1;
                case SUBSAMPLE -> Math.rint(levels * (1 - (double) i / n)) - 1;
            };
            nodes[i] = options.round ? Math.rint(level) : level;
        }
        return nodes;
    }
}
