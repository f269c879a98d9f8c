package org.eigendrift.samplers.affine;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/** Pseudo numerical methods (Liu et al., 2202.09778); iPNDM is the variant that ramps its order up. */
public final class Pndm implements SamplerProvider<Pndm.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Pndm() {}

    /**
     * The options.
     *
     * @param start how the first steps are taken
     * @param steps steps
     * @param grid time grid
     */
    public record Options(
            @Option(
                    doc =
                            "how the first steps are taken: plms (one step twice), runge-kutta (three pseudo Runge-Kutta steps) or ramp (iPNDM)",
                    value = "plms")
            Start start,

            @Option(doc = "steps of the grid", value = "50", min = 1)
            int steps,

            @Option(doc = "time grid", value = "uniform", kind = TimeGridProvider.class)
            Chosen<GridContext, TimeGrid> grid) {}

    @Override
    public String name() {
        return "pndm";
    }

    @Override
    public String summary() {
        return "PNDM, PLMS and iPNDM: pseudo linear multistep of order 4";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Sampler create(Options options, RunContext run) {
        return switch (options.start) {
            case RAMP ->
                new AffineSampler(
                        name(),
                        options.grid,
                        options.steps,
                        1,
                        new Multistep(new PlmsRule(), Multistep.Orders.ramp(4, 0), Multistep.Orders.NONE)::write);
            case PLMS -> new AffineSampler(name(), options.grid, options.steps, 1, Pndm::plms);
            case RUNGE_KUTTA -> new AffineSampler(name(), options.grid, options.steps, 4, Pndm::rungeKutta);
        };
    }

    /** How the first steps are taken. */
    public enum Start {
        /** The first step twice, with the average of the outputs at its ends (PLMS). */
        PLMS,
        /** Three pseudo Runge-Kutta steps of 4 evaluations (PNDM). */
        RUNGE_KUTTA,
        /** Orders 1, 2, 3, 4 (iPNDM). */
        RAMP
    }

    private static void plms(Script s) {
        List<Node> history = new ArrayList<>();
        Lin x = s.state(0, s.level(0), s.input());
        Lin first = s.epsilon(s.level(0), x);
        history.add(new Node(s.level(0), first));
        Lin trial = Script.ddim(s.level(0), s.level(1), x, first);
        Lin average = s.epsilon(s.level(1), trial).plus(first).times(0.5);
        x = s.state(1, s.level(1), Script.ddim(s.level(0), s.level(1), x, average));
        steps(s, x, 1, history);
    }

    /** Steps from number {@code begin} on, with what has been evaluated before. */
    private static void steps(Script s, Lin start, int begin, List<Node> history) {
        Lin x = start;
        for (int i = begin; i < s.steps(); i++) {
            history.add(0, new Node(s.level(i), s.epsilon(s.level(i), x)));
            Lin average = PlmsRule.average(history, Math.min(4, history.size()));
            x = s.state(i + 1, s.level(i + 1), Script.ddim(s.level(i), s.level(i + 1), x, average));
        }
    }

    /** Three steps of the classical method, each stage a DDIM step from the step's beginning (equation 11). */
    private static void rungeKutta(Script s) {
        List<Node> history = new ArrayList<>();
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < 3; i++) {
            Level from = s.level(i);
            Level to = s.level(i + 1);
            Level middle = Level.at(s.process(), 0.5 * (from.t() + to.t()));
            Lin e1 = s.epsilon(from, x);
            Lin e2 = s.epsilon(middle, Script.ddim(from, middle, x, e1));
            Lin e3 = s.epsilon(middle, Script.ddim(from, middle, x, e2));
            Lin e4 = s.epsilon(to, Script.ddim(from, to, x, e3));
            history.add(0, new Node(from, e1));
            Lin average = e1.plus(e2.plus(e3).times(2)).plus(e4).times(1. / 6);
            x = s.state(i + 1, to, Script.ddim(from, to, x, average));
        }
        steps(s, x, 3, history);
    }
}
