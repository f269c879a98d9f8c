package org.eigendrift.samplers.affine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.samplers.program.Between;
import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/** The methods of DPM-Solver and DPM-Solver++. */
final class DpmFamily {
    private final String name;
    private final DpmOptions options;
    private final DpmRule rule;
    private final DpmSinglestep singlestep;

    private DpmFamily(String name, Prediction prediction, DpmOptions options) {
        this.name = name;
        this.options = options;
        boolean ancestral =
                options.method() == DpmOptions.Method.FAST || options.method() == DpmOptions.Method.ADAPTIVE_PID;
        this.rule = new DpmRule(
                prediction, options.form(), ancestral ? 0 : options.eta(), options.sNoise(), options.asPublished());
        boolean wrongSign = options.asPublished() && prediction == Prediction.DATA && options.eta() > 0;
        this.singlestep = new DpmSinglestep(rule, options.innerForm(), wrongSign);
    }

    static Sampler sampler(String name, Prediction prediction, DpmOptions options) {
        DpmFamily family = new DpmFamily(name, prediction, options);
        return switch (options.method()) {
            case MULTISTEP ->
                new AffineSampler(name, options.grid(), options.steps(), options.order(), family::multistep);
            case SINGLESTEP -> family.singlestep();
            case SINGLESTEP_FIXED -> family.singlestepFixed();
            case FAST ->
                new AffineSampler(
                        name, options.grid(), options.steps() / 3 + 1, 1, s -> family.fast(s, options.steps()));
            case ADAPTIVE, ADAPTIVE_PID -> new DpmAdaptive(name, options, family.singlestep);
        };
    }

    private void multistep(Script s) {
        Multistep.Orders ramp = Multistep.Orders.ramp(options.order(), options.lowerOrderFinal());
        Multistep.Orders orders =
                (step, steps) -> options.eulerAtFinal() && step == steps - 1 ? 1 : ramp.at(step, steps);
        new Multistep(rule, orders, Multistep.Orders.NONE).write(s);
    }

    /** Orders of the steps that make up a number of evaluations (2206.00927, appendix D.3). */
    static int[] orders(int order, int evaluations) {
        List<Integer> orders = new ArrayList<>();
        int left = evaluations;
        if (order == 3 && evaluations % 3 == 0) {
            // The last three evaluations make two steps.
            for (; left > 3; left -= 3) {
                orders.add(3);
            }
            orders.add(2);
            orders.add(1);
        } else {
            for (; left >= order; left -= order) {
                orders.add(order);
            }
            if (left > 0) {
                orders.add(left);
            }
        }
        return orders.stream().mapToInt(Integer::intValue).toArray();
    }

    private Sampler singlestep() {
        int[] orders = orders(options.order(), options.steps());
        boolean even = options.innerNodes() == DpmOptions.InnerNodes.REGRID
                && (options.grid().name().equals("log-snr")
                        || options.grid().name().equals("exponential"));
        int gridSteps = even ? orders.length : options.steps();
        return new AffineSampler(name, options.grid(), gridSteps, even ? 1 : options.order(), s -> {
            int[] ends = new int[orders.length + 1];
            for (int i = 0; i < orders.length; i++) {
                ends[i + 1] = ends[i] + (even ? 1 : orders[i]);
            }
            steps(s, orders, ends);
        });
    }

    private Sampler singlestepFixed() {
        int count = options.steps() / options.order();
        AffineSampler.requireSteps(name, options.steps(), options.order());
        boolean own = options.innerNodes() == DpmOptions.InnerNodes.GRID;
        int[] orders = new int[count];
        Arrays.fill(orders, options.order());
        return new AffineSampler(name, options.grid(), own ? count * options.order() : count, 1, s -> {
            int[] ends = new int[count + 1];
            for (int i = 0; i <= count; i++) {
                ends[i] = own ? i * options.order() : i;
            }
            steps(s, orders, ends);
        });
    }

    /** Steps of given orders between given nodes of the grid. */
    private void steps(Script s, int[] orders, int[] ends) {
        if (s.level(ends[ends.length - 1]).clean() && orders[orders.length - 1] > 1) {
            splitLast(s, orders, ends);
            return;
        }
        Lin x = s.state(0, s.level(0), s.input());
        int[] states = {0};
        boolean own = options.innerNodes() == DpmOptions.InnerNodes.GRID;
        DpmSinglestep.Stages stages =
                own ? (level, stage) -> s.state(++states[0], level, stage) : DpmSinglestep.Stages.NONE;
        for (int i = 0; i < orders.length; i++) {
            Level[] nodes = nodes(s, ends[i], ends[i + 1], orders[i]);
            Level last = nodes[nodes.length - 1];
            x = last.clean()
                    ? denoised(s, x, nodes)
                    : s.keep(singlestep.step(s, x, nodes, i, stages).higher());
            x = s.state(++states[0], last, x);
        }
        if (ends[orders.length] < s.steps()) {
            Level last = s.level(ends[orders.length]);
            Lin output = rule.output(s, last, x);
            s.state(states[0] + 1, s.level(s.steps()), rule.denoised(last, x, output));
        }
    }

    /** The step to sigma = 0 is of first order: one evaluation of the last group is set apart for it. */
    private void splitLast(Script s, int[] orders, int[] ends) {
        int count = orders.length;
        int[] split = Arrays.copyOf(orders, count + 1);
        int[] nodes = Arrays.copyOf(ends, count + 2);
        if (nodes[count] - nodes[count - 1] < 2) {
            throw new InputException("a singlestep of order " + orders[count - 1]
                    + " cannot end at sigma = 0; use inner_nodes: grid, or a grid with end: stop");
        }
        split[count - 1]--;
        split[count] = 1;
        nodes[count + 1] = nodes[count];
        nodes[count]--;
        steps(s, split, nodes);
    }

    private Lin denoised(Script s, Lin x, Level[] nodes) {
        return rule.denoised(nodes[0], x, rule.output(s, nodes[0], x));
    }

    private Level[] nodes(Script s, int from, int to, int order) {
        if (options.innerNodes() == DpmOptions.InnerNodes.GRID) {
            return Arrays.copyOfRange(s.levels(), from, to + 1);
        }
        Level first = s.level(from);
        Level last = s.level(to);
        if (order == 1) {
            return new Level[] {first, last};
        }
        boolean sampling = first.t() > last.t();
        AffineProcess within = new Between(s.process(), Math.max(first.t(), last.t()), Math.min(first.t(), last.t()));
        TimeGrid inner = options.grid().create(new GridContext(within, order));
        if (inner.time(order) != within.earliest()) {
            throw new InputException("inner_nodes: regrid needs a grid with end: stop or denoise; with end: zero use"
                    + " inner_nodes: grid");
        }
        Level[] nodes = new Level[order + 1];
        for (int i = 0; i <= order; i++) {
            nodes[i] = Level.at(s.process(), inner.time(sampling ? i : order - i));
        }
        return nodes;
    }

    /** DPM-Solver-fast: 2206.00927, appendix D.3, with ancestral noise. */
    private void fast(Script s, int evaluations) {
        int count = s.steps();
        int[] orders = new int[count];
        Arrays.fill(orders, 3);
        if (evaluations % 3 == 0) {
            orders[count - 1] = 1;
            if (count > 1) {
                orders[count - 2] = 2;
            }
        } else {
            orders[count - 1] = evaluations % 3;
        }
        Lin x = s.state(0, s.level(0), s.input());
        for (int i = 0; i < count; i++) {
            Level to = s.level(i + 1);
            Ancestral down = Ancestral.of(s.process(), s.level(i), to, s.level(count), options.eta());
            Level[] nodes = evenNodes(s.process(), s.level(i), down.level(), orders[i]);
            Lin next = s.keep(
                    singlestep.step(s, x, nodes, i, DpmSinglestep.Stages.NONE).higher());
            if (options.eta() > 0) {
                next = down.raise(next, to, s.noise(i, 0).times(options.sNoise()));
            }
            x = s.state(i + 1, to, next);
        }
    }

    /** Nodes at even steps of lambda. */
    static Level[] evenNodes(AffineProcess process, Level from, Level to, int order) {
        Level[] nodes = new Level[order + 1];
        nodes[0] = from;
        nodes[order] = to;
        for (int k = 1; k < order; k++) {
            nodes[k] = Level.atLambda(process, from.lambda() + k * (to.lambda() - from.lambda()) / order);
        }
        return nodes;
    }
}
