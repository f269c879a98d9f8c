package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule is shown, and what is made of its picks, by rules of the tests' own. */
class GivenRuleTest {
    private static final List<String> FAMILIES = List.of("cosine", "cosine");
    private static final ProductBasis BASIS = Families.complete(Families.coordinates(FAMILIES, 11), 2);
    private static final MomentLayout LAYOUT = new MomentLayout(BASIS);

    /** A rule of the tests' own. */
    private record Rule(RidgeRule rule) implements RidgeRuleProvider<Rule.None> {
        /** No options. */
        public record None() {}

        @Override
        public String name() {
            return "made up";
        }

        @Override
        public String summary() {
            return "made up";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(MethodHandles.lookup(), None.class);
        }

        @Override
        public RidgeRule create(None options, RunContext context) {
            return rule;
        }
    }

    private static Folds folds() {
        List<MomentTable> tables = new ArrayList<>();
        Parallel parallel = new Parallel(1);
        for (int f = 0; f < 3; f++) {
            tables.add(new MomentTable(LAYOUT));
            LAYOUT.pass().add(Families.rows(FAMILIES, 100 + 50 * f, f), tables.get(f), parallel);
        }
        return new Folds(tables, new MomentTable(LAYOUT));
    }

    /** Ridges of the plan that held-out rows gain by: 0.1, 0.2 and so on. */
    private static TimePlan plan(int steps, double rate) {
        double[] ridges =
                IntStream.rangeClosed(0, steps).mapToDouble(j -> 0.1 * (j + 1)).toArray();
        double[] rates = new double[steps + 1];
        Arrays.fill(rates, rate);
        return new TimePlan(TimeGrid.geometric(2, 0.02, steps), ridges, rates, 0.01);
    }

    private static RuledRidges.Ruled ruled(TimePlan plan, Function<RidgeRule.Evidence, OptionalInt> rule) {
        TimeSolver solver = new TimeSolver(LAYOUT, BASIS, List.of(PlainSolver.chosen(0)), RunContext.quiet(1));
        Parallel parallel = new Parallel(1);
        Chosen<RunContext, RidgeRule> chosen = new Chosen<>(new Rule(rule::apply), new Rule.None());
        return new RuledRidges(chosen, folds(), BASIS, solver, RunContext.quiet(1)).choose(plan, parallel);
    }

    private static double largestRate() {
        return IntStream.range(0, BASIS.size()).mapToDouble(BASIS::rate).max().orElseThrow();
    }

    /** Half decades from 1 down to 1e-8, at every fifth time and the last. */
    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14, 15})
    void itIsAskedAtEveryFifthTimeAndTheLast(int steps) {
        TimePlan plan = plan(steps, largestRate());
        List<Double> asked = new ArrayList<>();
        List<Integer> nodes = IntStream.rangeClosed(0, steps)
                .filter(j -> j % 5 == 0 || j == steps)
                .boxed()
                .toList();
        TimePlan ruled = ruled(plan, evidence -> {
                    assertEquals(17, evidence.path().solutions().size());
                    for (int r = 0; r < 17; r++) {
                        assertEquals(Math.pow(10, -0.5 * r), evidence.path().ridge(r), 1e-12);
                    }
                    asked.add(evidence.path().system().time());
                    return OptionalInt.of(2 * asked.size());
                })
                .plan();
        assertEquals(nodes.stream().map(plan.grid()::time).toList(), asked);
        assertEquals(0.01, ruled.end());
        for (int k = 0; k < nodes.size(); k++) {
            assertEquals(Math.pow(10, -1.0 - k), ruled.ridge(nodes.get(k)), 1e-12);
            // The grid is geometric, so the ridge between is so too.
            for (int j = k == 0 ? 0 : nodes.get(k - 1) + 1; k > 0 && j < nodes.get(k); j++) {
                double w = (j - nodes.get(k - 1)) / (double) (nodes.get(k) - nodes.get(k - 1));
                double expected = Math.pow(10, -k - w);
                assertEquals(expected, ruled.ridge(j), 1e-9 * expected, "time " + j);
            }
        }
    }

    /** sqrt(lambda) exp(-lambda t) times the standard error of the mean, of the functions that the system holds alone. */
    @Test
    void itIsShownHowUncertainTheRightHandSideIs() {
        Folds folds = folds();
        double[] all = folds.all().functionMeans(BASIS);
        double[] errors = new double[BASIS.size()];
        for (int f = 0; f < 3; f++) {
            double[] mean = folds.heldout(f).functionMeans(BASIS);
            double share = (100 + 50 * f) / 450.0;
            for (int a = 0; a < errors.length; a++) {
                errors[a] += share / (1 - share) * Math.pow(mean[a] - all[a], 2) / 3;
            }
        }
        double bound = 0.6 * largestRate();
        List<Integer> sizes = new ArrayList<>();
        ruled(plan(4, bound), evidence -> {
            double t = evidence.path().system().time();
            double[] expected = IntStream.range(0, BASIS.size())
                    .filter(a -> BASIS.rate(a) <= bound)
                    .mapToDouble(a -> Math.sqrt(BASIS.rate(a) * errors[a]) * Math.exp(-BASIS.rate(a) * t))
                    .toArray();
            assertArrayEquals(expected, evidence.errors(), 1e-12);
            sizes.add(expected.length);
            return OptionalInt.of(0);
        });
        assertEquals(2, sizes.size());
        assertTrue(sizes.get(0) < BASIS.size() && sizes.get(0) > 60, "functions " + sizes.get(0));
    }

    /** Where it picks none the ridge by which held-out rows gain stays: 0.6 at the sixth time. */
    @Test
    void whereItPicksNoneHeldOutRowsDecide() {
        TimePlan plan = plan(10, largestRate());
        RuledRidges.Ruled ruled = ruled(
                plan,
                evidence -> evidence.path().system().time() == plan.grid().time(5)
                        ? OptionalInt.empty()
                        : OptionalInt.of(4));
        assertEquals(0.6, ruled.plan().ridge(5), 1e-12);
        assertEquals(0.01, ruled.plan().ridge(10), 1e-12);
        assertEquals(
                "it picked 0.010 at T and 0.010 at t_min; at 1 of 3 times it picked none, and what held-out rows gain by"
                        + " was taken",
                ruled.decision().reason());
        RuledRidges.Ruled all = ruled(plan, evidence -> OptionalInt.of(16));
        assertEquals(
                "it picked 1.0e-08 at T and 1.0e-08 at t_min", all.decision().reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 17})
    void aPickBesideThePathIsItsFault(int index) {
        PluginException fault = assertThrows(
                PluginException.class, () -> ruled(plan(10, largestRate()), evidence -> OptionalInt.of(index)));
        assertTrue(
                fault.getMessage().contains("picked the ridge of index " + index + " among 17 at t = 2.00"),
                fault.getMessage());
    }

    @Test
    void nullIsTheRulesFault() {
        PluginException fault =
                assertThrows(PluginException.class, () -> ruled(plan(10, largestRate()), evidence -> null));
        assertTrue(
                fault.getMessage().startsWith("plugin 'made up'")
                        && fault.getMessage().contains("returned null for the ridge it picks"),
                fault.getMessage());
    }
}
