package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.expression.Formula;
import org.eigendrift.targets.mcmc.BoltzmannModel;

/**
 * A user's own potential: {@code energy: "(x^2 - 1)^2 / 0.3 + (y - x)^2"}. The formula is parsed, never executed as code, and
 * differentiated automatically; rows come from Markov chains.
 */
public final class ExpressionTarget extends PotentialProvider<ExpressionTarget.Options> {

    /**
     * The options.
     *
     * @param energy formula of the energy
     * @param variables names of the coordinates
     * @param dim number of coordinates
     * @param angles coordinates that are angles
     * @param temperature temperature
     * @param spread spread of the starts
     * @param reference how rows are drawn
     */
    public record Options(
            @Option(
                    doc =
                            "the energy U(x), as (x^2 - 1)^2 + (y - x)^2 or sum(i, 1, 9, (x[i+1] - x[i])^2); p = exp(-U / temperature) / Z")
            String energy,

            @Option(doc = "names of the coordinates; [] for x1, x2, ... as many as dim says", value = "[]")
            List<String> variables,

            @Option(
                    doc = "number of coordinates, where variables does not name them",
                    value = "auto",
                    min = 1,
                    max = 10000)
            OptionalInt dim,

            @Option(
                    doc = "coordinates that are angles in radians; the energy must have the period 2 pi in them",
                    value = "[]")
            List<String> angles,

            @Option(doc = "temperature in units of the energy", value = "1", min = 0, open = true)
            double temperature,

            @Option(doc = "standard deviation of the points where chains begin", value = "2", min = 0, open = true)
            double spread,

            @OptionGroup(defaults = {"rows: 10000", "heldout: 2500", "sampler: nuts", "chains: 16", "thin: 2"})
            ChainOptions reference)
            implements Chained {}

    /** Creates the provider. */
    public ExpressionTarget() {
        super(
                "expression",
                "a potential given by a formula in the configuration",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    BoltzmannModel model(Options o, RunContext context) {
        List<String> names = names(o);
        Formula formula = Formula.parse(o.energy(), names, "expression: energy");
        for (String angle : o.angles()) {
            if (!names.contains(angle)) {
                throw new InputException(
                        "expression: angles: there is no coordinate '" + angle + "'" + Nearest.hint(angle, names));
            }
        }
        for (String name : names) {
            if (!formula.mentioned().contains(name) && !o.angles().contains(name)) {
                throw new InputException("expression: the energy does not depend on '" + name
                        + "', so exp(-U) has no finite integral; add a term or leave the coordinate out");
            }
        }
        List<Column> columns = names.stream()
                .map(name -> o.angles().contains(name) ? Column.angle(name, 0, 2 * Math.PI) : Column.real(name))
                .toList();
        Model model = new Model(new Tempered(formula, 1 / o.temperature()), columns, o.spread());
        checkPeriods(model);
        checkRises(model);
        return model;
    }

    /** Compares the energy far out, in random directions, with that where chains begin. */
    private static void checkRises(Model model) {
        CounterRandom random = new CounterRandom(2);
        int dim = model.columns().size();
        Points near = Points.zeros(dim, PROBES);
        Points far = Points.zeros(dim, PROBES);
        for (int j = 0; j < near.values().length; j++) {
            boolean angle = model.columns().get(j / PROBES).kind() == Column.Kind.ANGLE;
            near.values()[j] = model.spread() * random.normal(j, 0);
            far.values()[j] = near.values()[j] * (angle ? 1 : FAR);
        }
        double[] before = new double[PROBES];
        double[] after = new double[PROBES];
        model.potential().energy(near, before);
        model.potential().energy(far, after);
        for (int n = 0; n < PROBES; n++) {
            if (after[n] < before[n] - 1) {
                throw new InputException("expression: the energy falls without end: it is " + before[n] + " at "
                        + Arrays.toString(near.row(n)) + " and " + after[n] + " at " + FAR
                        + " times that, so exp(-U) has no finite integral");
            }
        }
    }

    private static final double FAR = 1e6;

    private static List<String> names(Options o) {
        if (o.variables().isEmpty() == o.dim().isEmpty()) {
            throw new InputException("expression: give either variables, as [x, y], or dim, as 2; found "
                    + (o.dim().isEmpty() ? "neither" : "both"));
        }
        if (new HashSet<>(o.variables()).size() != o.variables().size()) {
            throw new InputException("expression: variables " + o.variables() + " names one twice");
        }
        return o.dim().isEmpty()
                ? o.variables()
                : IntStream.rangeClosed(1, o.dim().getAsInt())
                        .mapToObj(i -> "x" + i)
                        .toList();
    }

    /** Compares the energy at random points with that one turn further, for each angle. */
    private static void checkPeriods(Model model) {
        CounterRandom random = new CounterRandom(1);
        int dim = model.columns().size();
        Points here = Points.zeros(dim, PROBES);
        for (int j = 0; j < here.values().length; j++) {
            here.values()[j] = 2 * Math.PI * random.uniform(j, 0);
        }
        double[] before = new double[PROBES];
        double[] after = new double[PROBES];
        model.potential().energy(here, before);
        for (int i = 0; i < dim; i++) {
            if (model.columns().get(i).kind() == Column.Kind.ANGLE) {
                Points turned = here.copy();
                for (int n = 0; n < PROBES; n++) {
                    turned.set(i, n, here.get(i, n) + 2 * Math.PI);
                }
                model.potential().energy(turned, after);
                for (int n = 0; n < PROBES; n++) {
                    // NaN outside the domain of a function is the same on both sides or fails below.
                    if (Math.abs(after[n] - before[n]) > 1e-8 * (1 + Math.abs(before[n]))) {
                        throw new InputException("expression: the energy is not periodic in the angle '"
                                + model.columns().get(i).name() + "': it is " + before[n] + " at " + here.get(i, n)
                                + " and " + after[n] + " a turn of 2 pi further");
                    }
                }
            }
        }
    }

    private static final int PROBES = 8;

    /** U / T. */
    private record Tempered(Potential energy, double beta) implements Potential {
        @Override
        public void energy(Points x, double[] out) {
            energy.energy(x, out);
            for (int n = 0; n < x.size(); n++) {
                out[n] *= beta;
            }
        }

        @Override
        public void gradient(Points x, Points out) {
            energy.gradient(x, out);
            double[] values = out.values();
            for (int j = 0; j < values.length; j++) {
                values[j] *= beta;
            }
        }
    }

    private record Model(Potential potential, List<Column> columns, double spread) implements BoltzmannModel {
        @Override
        public void start(CounterRandom random, long chain, double[] out) {
            for (int i = 0; i < out.length; i++) {
                out[i] = spread * random.normal(chain, i);
            }
        }
    }
}
