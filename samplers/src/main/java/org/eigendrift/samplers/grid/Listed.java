package org.eigendrift.samplers.grid;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Level;

/** Times, or levels of sigma / alpha, written out; a last one of 0 denoises. */
public final class Listed implements TimeGridProvider<Listed.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Listed() {}

    /**
     * The options.
     *
     * @param times forward times
     * @param sigmas ratios sigma / alpha
     */
    public record Options(
            @Option(doc = "forward times in decreasing order; steps is ignored", value = "[]", min = 0)
            List<Double> times,

            @Option(doc = "instead of times: ratios sigma / alpha in decreasing order", value = "[]", min = 0)
            List<Double> sigmas) {}

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String summary() {
        return "times or noise levels written out";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public TimeGrid create(Options options, GridContext context) {
        boolean inTime = !options.times.isEmpty();
        if (inTime != options.sigmas.isEmpty()) {
            throw new InputException("grid list: expected either times or sigmas, found " + (inTime ? "both" : "none"));
        }
        List<Double> listed = inTime ? options.times : options.sigmas;
        if (listed.size() < 2) {
            throw new InputException("a time grid needs at least two times, found " + listed);
        }
        boolean toZero = listed.get(listed.size() - 1) == 0 && context.process().earliest() > 0;
        GridContext sized = new GridContext(context.process(), listed.size() - 1);
        return (toZero ? End.ZERO : End.STOP).grid(sized, k -> {
            double[] times = new double[k + 1];
            for (int i = 0; i <= k; i++) {
                times[i] = inTime ? listed.get(i) : ofRatio(context, listed.get(i));
            }
            return times;
        });
    }

    private double ofRatio(GridContext context, double ratio) {
        AffineProcess process = Ladder.affine(name() + " of sigmas", context.process());
        return Level.atRatio(process, ratio).t();
    }
}
