package org.eigendrift.engine.law.given;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.kernel.Normal;
import org.junit.jupiter.api.Test;

/** Columns bend where held-out rows gain: fits are normal laws of the modelled column alone, and what they are said to be worth. */
class CoordinateChoiceTest {
    private static final List<Column> COLUMNS = List.of(Column.real("known"), Column.real("modelled"));

    /** Fits that were asked for, a normal law each, with so many nats a row more where columns bend. */
    private static final class Fits {
        private final double more;
        private final List<Simulated> asked = new ArrayList<>();

        Fits(double more) {
            this.more = more;
        }

        RegressionsFit.Fitted fit(Simulated some) {
            asked.add(some);
            double[][] a = some.sample().a();
            Scaling modelled = Scaling.of(a, 1);
            Known known = Known.of(some.known(), some.sample().b());
            int[] rows = IntStream.range(0, a.length).filter(n -> n % 3 == 0).toArray();
            boolean bends = !some.coordinates().arePlain() || !some.known().arePlain();
            double[] nats = Arrays.stream(rows)
                    .mapToDouble(n -> Math.log(Normal.density(modelled.to(a[n])[0])) + (bends ? more : 0))
                    .toArray();
            Regressions regressions = new Regressions(
                    some.open(),
                    some.given(),
                    some.coordinates(),
                    modelled,
                    known,
                    some.walls(),
                    new double[] {1},
                    List.of());
            ConditionalFit.Judged judged = new ConditionalFit.Judged(rows, nats);
            return new RegressionsFit.Fitted(
                    regressions, new ConditionalFit.Fitted(new double[] {1}, List.of(), List.of(), null, null, judged));
        }
    }

    /** A known and a modelled column, each a normal number or exp of twice one. */
    private static Simulated rows(int size, boolean knownBends, boolean modelledBends) {
        CounterRandom random = new CounterRandom(17);
        double[][] a = new double[size][1];
        double[][] b = new double[size][1];
        for (int n = 0; n < size; n++) {
            double x = random.normal(n, 0);
            double y = random.normal(n, 1);
            a[n][0] = modelledBends ? Math.exp(2 * x) : x;
            b[n][0] = knownBends ? Math.exp(2 * y) : y;
        }
        return new Simulated(
                new int[] {1},
                new int[] {0},
                Coordinates.plain(1),
                Coordinates.plain(1),
                Walls.of(COLUMNS).of(new int[] {1}),
                Optional.empty(),
                new Counts(List.of(), List.of(), List.of("modelled"), List.of("known")),
                0,
                Sample.of(a, b));
    }

    private static CoordinateChoice.Chosen choose(Simulated plain, Fits fits) {
        return CoordinateChoice.of(plain, COLUMNS, fits::fit);
    }

    /** Scores are those of the column itself, whatever it was modelled in. */
    @Test
    void whatIsBentIsScoredInTheColumnsOwnUnits() {
        Simulated plain = rows(600, false, true);
        CoordinateChoice.Chosen chosen = choose(plain, new Fits(0));
        Decision decision = chosen.decision().orElseThrow();
        assertEquals("coordinates", decision.what());
        assertEquals("asinh of modelled", decision.chosen());
        assertEquals(List.of(decision), chosen.decisions());
        double[] x =
                Arrays.stream(plain.sample().a()).mapToDouble(row -> row[0]).toArray();
        double[] u = Arrays.stream(x)
                .map(v -> asinh(
                        v / chosen.simulated().coordinates().bends().get(0).knee()))
                .toArray();
        double knee = chosen.simulated().coordinates().bends().get(0).knee();
        double own = 0;
        double bent = 0;
        for (int n = 0; n < x.length; n += 3) {
            own += normal(x, n) / 200;
            bent += (normal(u, n) - Math.log(Math.hypot(x[n], knee))) / 200;
        }
        assertEquals(own, decision.alternatives().get(0).score().orElseThrow(), 1e-11);
        assertEquals(bent, decision.alternatives().get(1).score().orElseThrow(), 1e-11);
        assertEquals(
                chosen.simulated().coordinates(),
                chosen.fitted().orElseThrow().regressions().coordinates());
    }

    private static double asinh(double z) {
        return Math.log(z + Math.sqrt(z * z + 1));
    }

    /** Under the normal law of all. */
    private static double normal(double[] values, int n) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        return Math.log(Normal.density((values[n] - mean) / deviation) / deviation);
    }

    @Test
    void whatHeldOutRowsDoNotGainIsLeftAsItIs() {
        Simulated plain = rows(600, true, true);
        CoordinateChoice.Chosen chosen = choose(plain, new Fits(-20));
        assertSame(plain, chosen.simulated());
        assertEquals("columns as they are", chosen.decision().orElseThrow().chosen());
        assertEquals(
                "asinh of modelled, known",
                chosen.decision().orElseThrow().alternatives().get(1).name());
        assertTrue(chosen.fitted().orElseThrow().regressions().coordinates().arePlain());
    }

    @Test
    void whatIsGivenMayBendAlone() {
        CoordinateChoice.Chosen chosen = choose(rows(600, true, false), new Fits(0.1));
        assertEquals("asinh of known", chosen.decision().orElseThrow().chosen());
        assertTrue(chosen.simulated().coordinates().arePlain());
        assertEquals(Bend.Shape.ASINH, chosen.simulated().known().bends().get(0).shape());
    }

    @Test
    void whereNothingBendsNothingIsFitted() {
        Simulated plain = rows(600, false, false);
        Fits fits = new Fits(0);
        CoordinateChoice.Chosen chosen = choose(plain, fits);
        assertSame(plain, chosen.simulated());
        assertTrue(chosen.decisions().isEmpty() && chosen.fitted().isEmpty() && fits.asked.isEmpty());
    }

    /** Of more rows every second is compared, and the law is to be fitted to all. */
    @Test
    void manyRowsAreComparedByAThousand() {
        Simulated plain = rows(2_000, false, true);
        Fits fits = new Fits(0);
        CoordinateChoice.Chosen chosen = choose(plain, fits);
        assertTrue(chosen.fitted().isEmpty());
        assertEquals(2_000, chosen.simulated().sample().size());
        assertEquals(2, fits.asked.size());
        for (Simulated asked : fits.asked) {
            assertEquals(1_000, asked.sample().size());
            assertSame(plain.sample().b()[2], asked.sample().b()[1]);
        }
    }
}
