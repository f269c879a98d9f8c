package org.eigendrift.engine.gibbs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.basis.ProductBasis;
import org.junit.jupiter.api.Test;

/** A normal law in two columns, as a Gibbs density of degree 2, beside a wider one. */
class CouplingTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final double WIDER = 1.2;
    private static final Points ROWS = GibbsModelTest.bent(2, 3000, 1);
    private static final NormalLaw NORMAL = NormalLaw.of(ROWS, 1);
    private static final NormalLaw WIDE = NormalLaw.of(ROWS, WIDER);
    private static final GibbsModel MODEL = model();
    private static final Coupling COUPLING = new Coupling(MODEL, WIDE, RUN);

    /**
     * The mass that both laws share. At the distance r, in deviations of the narrow one, r^2 = 4 log(s) / (1 - 1 / s^2) the
     * densities are the same; the narrow law has 1 - exp(-r^2 / 2) within, the other 1 - exp(-r^2 / 2 s^2).
     */
    private static final double SHARED = 1
            - Math.exp(-2 * Math.log(WIDER) / (WIDER * WIDER - 1))
            + Math.exp(-2 * Math.log(WIDER) * WIDER * WIDER / (WIDER * WIDER - 1));

    private static GibbsModel model() {
        ProductBasis basis = GibbsModelTest.hermite(2, 2, false);
        return GibbsModelTest.model(basis, GibbsModelTest.table(basis, ROWS), WIDE, RUN);
    }

    private static Points replaced(int count, Coupling coupling) {
        Points x = WIDE.draw(new CounterRandom(11), count);
        coupling.replace(x, numbers(count));
        return x;
    }

    private static int[] numbers(int count) {
        return IntStream.range(0, count).toArray();
    }

    @Test
    void asManyDrawsAreKeptAsBothLawsShare() {
        int count = 10_000;
        Points before = WIDE.draw(new CounterRandom(11), count);
        Points after = replaced(count, COUPLING);
        int kept = 0;
        for (int n = 0; n < count; n++) {
            kept += before.get(0, n) == after.get(0, n) ? 1 : 0;
        }
        // Five standard errors; the constant of the Gibbs density is known to a third of a per cent.
        assertEquals(SHARED, kept / (double) count, 5 * Math.sqrt(SHARED * (1 - SHARED) / count) + 0.01);
        // 512 numbers between 0 and 1 whose deviation is below 0.25.
        assertEquals(SHARED, COUPLING.kept(), 5 * 0.25 / Math.sqrt(512) + 0.01);
    }

    @Test
    void drawsHaveTheNarrowLawsMoments() {
        int count = 10_000;
        Points x = replaced(count, COUPLING);
        NormalLaw law = NormalLaw.of(x, 1);
        for (int i = 0; i < 2; i++) {
            double variance = 0;
            for (int j = 0; j <= i; j++) {
                variance += NORMAL.root()[2 * i + j] * NORMAL.root()[2 * i + j];
            }
            // Five standard errors of means, and of a root's entries, which vary by at most sigma / sqrt(n).
            double five = 5 * Math.sqrt(variance / count);
            assertEquals(NORMAL.mean()[i], law.mean()[i], five);
            for (int j = 0; j <= i; j++) {
                assertEquals(NORMAL.root()[2 * i + j], law.root()[2 * i + j], five);
            }
        }
    }

    @Test
    void theFirstPointsStayOnAnyNumberOfThreads() {
        Points many = replaced(9000, COUPLING);
        RunContext three = new RunContext(7, 3, Progress.NONE, () -> false);
        assertArrayEquals(
                many.values(), replaced(9000, new Coupling(MODEL, WIDE, three)).values());
        Points few = replaced(8300, COUPLING);
        for (int i = 0; i < 2; i++) {
            for (int n = 0; n < few.size(); n++) {
                assertEquals(many.get(i, n), few.get(i, n), "point " + n);
            }
        }
        assertEquals(0, replaced(0, COUPLING).size());
    }

    /** Of the same law on both sides nothing but errors is lost, for which there is no place. */
    @Test
    void theSameLawStaysWhatItIs() {
        int count = 4000;
        Points before = NORMAL.draw(new CounterRandom(12), count);
        Points after = before.copy();
        new Coupling(MODEL, NORMAL, RUN).replace(after, numbers(count));
        int kept = 0;
        for (int n = 0; n < count; n++) {
            kept += before.get(0, n) == after.get(0, n) ? 1 : 0;
            assertTrue(Double.isFinite(after.get(0, n)) && Double.isFinite(after.get(1, n)));
        }
        // Five times the error of the constant, and five standard errors of the number lost by it.
        double lost = 5 * MODEL.normaliser().standardError();
        assertTrue(kept >= count * (1 - lost - 5 * Math.sqrt(lost / count)), kept + " kept");
    }
}
