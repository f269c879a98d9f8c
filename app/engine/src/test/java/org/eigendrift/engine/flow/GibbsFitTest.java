package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.NormalLaw;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Gibbs density is chosen for rows of a known chain, and its sums. */
class GibbsFitTest {
    private static final int DIM = 5;
    private static final RunContext RUN = RunContext.quiet(7);
    private static final RunContext THREE = new RunContext(7, 3, Progress.NONE, () -> false);

    private static final ChainLaw CHAIN = ChainLaw.doubleWells(DIM);

    private static final Points TRAIN = CHAIN.draw(4000, 1);
    private static final Points HELDOUT = CHAIN.draw(2000, 2);

    /** The law itself, which keeps the constants of laws near it accurate. */
    private static final Proposal PROPOSAL = new Proposal() {
        @Override
        public Points draw(CounterRandom random, int count) {
            return CHAIN.draw(count, random.bits(0, 0));
        }

        @Override
        public double[] logDensity(Points x) {
            return CHAIN.logDensity(x);
        }
    };

    private static GibbsFit fit(Map<String, ?> basis, RunContext run) {
        return new GibbsFit(FitSettings.of(Map.of("basis", basis), Families.CATALOG), Families.CATALOG, run);
    }

    private static GibbsFit hermite(int degree, RunContext run) {
        return fit(Map.of("family", "hermite", "degree", degree), run);
    }

    private static GibbsFit.Choice choose(GibbsFit fit, Points train, Points heldout, Proposal proposal) {
        return fit.choose(InMemory.of(train), heldout, proposal, decision -> {});
    }

    private static double mean(double[] nats) {
        return Arrays.stream(nats).average().orElseThrow();
    }

    @Test
    void theChainsPairsAreChosenAndTheirLawIsAlmostTheChains() {
        GibbsFit.Choice choice = choose(hermite(4, RUN), TRAIN, HELDOUT, PROPOSAL);
        assertEquals(List.of(List.of(0, 1), List.of(1, 2), List.of(2, 3), List.of(3, 4)), choice.pairs());
        double gap = mean(CHAIN.logDensity(HELDOUT)) - mean(choice.nats());
        // At most 20 + 4 * 16 functions, k / (2 N) = 0.0105 for likelihood and up to twice as much for score matching;
        // the mean over 2,000 rows and the constant beside 4,096 draws vary by sqrt(2 KL / 2000) = 0.005.
        assertTrue(gap < 0.021 + 5 * 0.005 && gap > -5 * 0.005, "gap " + gap);
        String line = "Gibbs density at t = 0: 4 pairs of columns, degrees up to a sum of " + choice.pairDegree()
                + ", ridge " + String.format(Locale.ROOT, "%.0e", choice.ridge());
        String steps =
                choice.steps() == 0 ? "" : String.format(Locale.ROOT, ", %.2g steps to likelihood", choice.steps());
        assertEquals(line + steps, choice.line());
    }

    /** The double wells are polynomials of degree 4, which few functions hold: left to itself the fit finds that. */
    @Test
    void polynomialsAreFoundWhereTheEnergyIsOne() {
        GibbsFit.Choice choice = choose(fit(Map.of(), RUN), TRAIN, HELDOUT, PROPOSAL);
        assertTrue(choice.polynomial(), choice.line());
        assertEquals(2, choice.pairDegree());
        double gap = mean(CHAIN.logDensity(HELDOUT)) - mean(choice.nats());
        // 20 + 4 functions: k / (2 N) = 0.003 for the rows, as much for walks; constant and mean vary by 0.003.
        assertTrue(Math.abs(gap) < 0.006 + 5 * 0.003, "gap " + gap);
        GibbsModel model = fit(Map.of(), RUN).fit(InMemory.of(TRAIN), choice, PROPOSAL);
        assertEquals(choice.steps(), model.steps());
        assertEquals(24, model.basis().size());
    }

    @Test
    void theSameChoiceOnAnyNumberOfThreads() {
        GibbsFit.Choice one = choose(hermite(4, RUN), TRAIN.slice(0, 1500), HELDOUT, PROPOSAL);
        GibbsFit.Choice three = choose(hermite(4, THREE), TRAIN.slice(0, 1500), HELDOUT, PROPOSAL);
        assertEquals(one.line(), three.line());
        assertEquals(one.pairs(), three.pairs());
        assertArrayEquals(one.nats(), three.nats());
    }

    /** What was chosen on some rows is what is fitted to all: the same functions and ridge, and nearly the same law. */
    @Test
    void whatIsChosenIsFitted() {
        GibbsFit.Choice choice = choose(hermite(4, RUN), TRAIN, HELDOUT, PROPOSAL);
        GibbsModel model = hermite(4, RUN).fit(InMemory.of(TRAIN), choice, PROPOSAL);
        List<List<Integer>> pairs = model.basis().clusters().stream()
                .filter(c -> c.order() == 2)
                .map(c -> List.of(c.coordinate(0), c.coordinate(1)))
                .toList();
        assertEquals(choice.pairs(), pairs);
        for (int[] degrees : Families.multiDegrees(model.basis())) {
            boolean single = Arrays.stream(degrees).filter(k -> k > 0).count() == 1;
            assertTrue(single || Arrays.stream(degrees).sum() <= choice.pairDegree());
        }
        assertEquals(choice.ridge(), model.ridge());
        assertEquals(List.of(choice.line()), model.choices());
        assertEquals(choice.steps(), model.steps());
        double[] nats = model.logDensity(HELDOUT, RUN);
        double shift = mean(nats) - mean(choice.nats());
        double square = 0;
        for (int n = 0; n < nats.length; n++) {
            square += Math.pow(nats[n] - choice.nats()[n] - shift, 2) / nats.length;
        }
        // The same system, solved again: a thousand roundings. Walks turn those into other draws, and both steps into
        // those of
        // independent walks, each of which is k / (2 N) nats from the best: log-ratios vary by the root of twice that.
        double walks = choice.steps() > 0 ? 3 * Math.sqrt(2.0 * model.basis().size() / TRAIN.size()) : 0;
        assertTrue(Math.sqrt(square) < 1e-9 + walks, "log-ratios vary by " + Math.sqrt(square));
        // Both constants beside draws of the same law, known to sqrt(2 KL / 4096) = 0.003.
        assertEquals(0, shift, 5 * Math.hypot(0.003, model.normaliser().standardError()) + walks * walks);
    }

    @Test
    void sumsOfPartsAlongChunksAreThoseOfAll() {
        GibbsFit.Choice choice =
                new GibbsFit.Choice(false, List.of(List.of(0, 1), List.of(2, 4)), 4, 1e-3, 0, new double[] {0});
        Points rows = TRAIN.slice(0, SumPass.CHUNK + 900);
        GibbsModel all = hermite(4, RUN).fit(InMemory.of(rows), choice, PROPOSAL);
        MomentTable first = GibbsFit.sums(all, InMemory.of(rows.slice(0, SumPass.CHUNK)), RUN);
        MomentTable second = GibbsFit.sums(all, InMemory.of(rows.slice(SumPass.CHUNK, rows.size())), THREE);
        assertNotEquals(all.table(), first);
        first.add(second);
        assertEquals(all.table(), first);
        assertArrayEquals(
                all.theta(),
                all.withTable(first, UnaryOperator.identity(), PROPOSAL, THREE).theta());
    }

    /** Draws of a law far away weigh nothing, whatever the candidate. */
    @Test
    void whatCannotBeNormalisedIsRefusedInOneLine() {
        NormalLaw near = NormalLaw.of(TRAIN, 1);
        double[] mean = near.mean().clone();
        mean[0] += 12;
        NormalLaw far = new NormalLaw(mean, near.root());
        NumericalException refusal = assertThrows(
                NumericalException.class, () -> choose(hermite(2, RUN), TRAIN.slice(0, 500), HELDOUT, far));
        assertEquals(1, refusal.getMessage().lines().count());
        assertTrue(
                refusal.getMessage().startsWith("a Gibbs density lies too far from the flow to be normalised"),
                refusal.getMessage());
    }

    /** A box around the rows fitted leaves some others outside: impossible whatever is chosen, they decide nothing. */
    @Test
    void rowsOutsideTheSupportDoNotDecide() {
        GibbsFit cosine = fit(Map.of("family", "cosine", "degree", 3), RUN);
        Points heldout = HELDOUT.slice(0, 500).copy();
        GibbsFit.Choice without = choose(cosine, TRAIN, heldout, PROPOSAL);
        assertTrue(Arrays.stream(without.nats()).allMatch(Double::isFinite));
        heldout.set(2, 17, 40);
        GibbsFit.Choice with = choose(cosine, TRAIN, heldout, PROPOSAL);
        assertEquals(Double.NEGATIVE_INFINITY, with.nats()[17]);
        assertEquals(without.nats()[16], with.nats()[16]);
        for (int n = 0; n < heldout.size(); n++) {
            heldout.set(0, n, 40);
        }
        NumericalException refusal =
                assertThrows(NumericalException.class, () -> choose(cosine, TRAIN, heldout, PROPOSAL));
        assertEquals(1, refusal.getMessage().lines().count());
    }

    /** Few rows of many functions: large candidates are too uncertain to be normalised, and others are tried. */
    @Test
    void candidatesThatCannotBeNormalisedAreLeftOut() {
        GibbsFit.Choice choice = choose(hermite(8, RUN), TRAIN.slice(0, 120), HELDOUT, PROPOSAL);
        assertTrue(Double.isFinite(mean(choice.nats())), choice.line());
    }

    /** Rows that are more than there is time for, if only by what the data set says. */
    private record Many(InMemory data) implements Dataset {
        @Override
        public List<Column> columns() {
            return data.columns();
        }

        @Override
        public OptionalLong rows() {
            return OptionalLong.of(100_000_000_000L);
        }

        @Override
        public Reader open() {
            return data.open();
        }
    }

    /** Where sums of single columns alone would cost more than is allowed, pairs are dropped until none is left. */
    @Test
    void pairsAreDroppedWhereTheirSumsWouldCostTooMuch() {
        GibbsFit.Choice choice = Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> hermite(4, RUN).choose(new Many(InMemory.of(TRAIN)), HELDOUT, PROPOSAL, decision -> {}));
        assertEquals(List.of(), choice.pairs());
    }

    /** Two groups along a diagonal, each tightly correlated: most of the box around them is empty. */
    private static Points diagonal(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            double side = random.uniform(n, 77) < 0.4 ? 1.5 : -1;
            for (int i = 0; i < 3; i++) {
                rows.set(i, n, (i % 2 == 0 ? side : -side) + 0.9 * random.normal(n, 99) + 0.3 * random.normal(n, i));
            }
        }
        return rows;
    }

    /** Columns bent along one another. */
    private static Points bow(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            double before = 0;
            for (int i = 0; i < 3; i++) {
                before = (i == 0 ? 1 : 0.3) * random.normal(n, i) + 0.5 * before * before;
                rows.set(i, n, before);
            }
        }
        return rows;
    }

    /**
     * Functions of pairs may rise in the empty corners, there by hundreds of nats, where no draw of the flow tells the
     * constant of it; the law must not, or be refused. A grid of 60 cells a side over the rows' box
     * and a third more errs by far less than the tenth allowed.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theDensityHasNoMassWhereThereAreNoRows(boolean bent) {
        Points rows = bent ? bow(4000, 1) : diagonal(4000, 1);
        NormalLaw proposal = NormalLaw.of(rows, 1.2);
        GibbsFit automatic = fit(Map.of(), RUN);
        GibbsModel model;
        try {
            GibbsFit.Choice choice = choose(automatic, rows, bent ? bow(2000, 2) : diagonal(2000, 2), proposal);
            model = automatic.fit(InMemory.of(rows), choice, proposal);
        } catch (NumericalException e) {
            assertTrue(bent, e.getMessage());
            return;
        }
        int side = 60;
        double volume = 1;
        Points grid = Points.zeros(3, side * side * side);
        for (int i = 0; i < 3; i++) {
            double lower = Arrays.stream(rows.column(i)).min().orElseThrow();
            double width = Arrays.stream(rows.column(i)).max().orElseThrow() - lower;
            double cell = 1.34 * width / side;
            volume *= cell;
            for (int n = 0; n < grid.size(); n++) {
                int place = n / (int) Math.pow(side, i) % side;
                grid.set(i, n, lower - 0.17 * width + cell * (place + 0.5));
            }
        }
        double mass = 0;
        for (double nats : model.logDensity(grid, RUN)) {
            mass += Math.exp(nats) * volume;
        }
        assertEquals(1, mass, 0.1, model.choices().toString());
    }
}
