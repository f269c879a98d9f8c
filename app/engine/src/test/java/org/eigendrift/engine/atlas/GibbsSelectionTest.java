package org.eigendrift.engine.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.flow.KnownFlow;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.judge.Judged;
import org.junit.jupiter.api.Test;

/** Whether a density takes a flow's place, by made-up likelihoods. */
class GibbsSelectionTest {
    private static final RunContext RUN = RunContext.quiet(7);
    private static final int ROWS = 40;
    private static final KnownFlow FLOW = KnownFlow.of("flow", 1, x -> -1);

    /** Every held-out row has the same density; asked to fit all rows it refuses. */
    private record Given(double nats, RuntimeException refusal, RuntimeException last) implements DensityFits {
        @Override
        public GibbsFit.Choice choose(Dataset train, Points heldout, Proposal proposal, Consumer<Decision> decisions) {
            if (refusal != null) {
                throw refusal;
            }
            decisions.accept(Decision.told("searched"));
            double[] all = new double[heldout.size()];
            Arrays.fill(all, nats);
            return new GibbsFit.Choice(true, List.of(List.of(0, 1)), 2, 1e-3, 0, all);
        }

        @Override
        public GibbsModel fit(Dataset train, GibbsFit.Choice choice, Proposal proposal) {
            throw last;
        }
    }

    private static GibbsSelection selection(double nats, boolean required) {
        return new GibbsSelection(new Given(nats, null, new NumericalException("not of all rows")), required, RUN);
    }

    private static Optional<GibbsSelection.Worthy> decide(GibbsSelection selection) {
        Points rows = Points.zeros(1, ROWS);
        double[] flow = new double[ROWS];
        Arrays.fill(flow, -1);
        return selection.decide(new ModelSelection.Split(InMemory.of(rows), rows), FLOW, flow);
    }

    private static List<String> names(GibbsSelection selection) {
        return selection.decisions().stream().map(Decision::what).toList();
    }

    @Test
    void aDensityThatGainsTakesThePlace() {
        GibbsSelection selection = selection(-0.5, false);
        GibbsSelection.Worthy worthy = decide(selection).orElseThrow();
        assertEquals(1, worthy.weight());
        assertEquals(1e-3, worthy.choice().ridge());
        assertEquals("searched", selection.decisions().get(0).line());
        assertEquals(Judged.DENSITY, selection.decisions().get(1).what());
        assertEquals(2, selection.decisions().size());
    }

    /** What was not taken is told all the same: which density it was. */
    @Test
    void aDensityThatLosesIsToldAndLeftOut() {
        GibbsSelection selection = selection(-2, false);
        assertTrue(decide(selection).isEmpty());
        assertEquals(3, selection.decisions().size());
        assertTrue(selection.decisions().get(2).line().contains("1 pairs of columns"));
    }

    @Test
    void aDensityThatWasAskedForIsTakenWhateverItIsWorth() {
        assertEquals(1, decide(selection(-2, true)).orElseThrow().weight());
    }

    @Test
    void aDensityThatCannotBeHadIsLeftOutWithItsReason() {
        for (RuntimeException reason : List.of(new NumericalException("too far"), new InputException("too few"))) {
            GibbsSelection selection = new GibbsSelection(new Given(0, reason, null), false, RUN);
            assertTrue(decide(selection).isEmpty());
            assertEquals(List.of(Judged.LEFT_OUT), names(selection));
            assertTrue(selection.decisions().get(0).line().contains(reason.getMessage()));
        }
    }

    @Test
    void unlessItWasAskedFor() {
        NumericalException reason = new NumericalException("too far");
        GibbsSelection selection = new GibbsSelection(new Given(0, reason, null), true, RUN);
        assertSame(reason, assertThrows(NumericalException.class, () -> decide(selection)));
    }

    /** A fault of ours is no reason to leave something out. */
    @Test
    void otherFaultsAreNotSwallowed() {
        IllegalStateException fault = new IllegalStateException("a fault");
        GibbsSelection selection = new GibbsSelection(new Given(0, fault, null), false, RUN);
        assertSame(fault, assertThrows(IllegalStateException.class, () -> decide(selection)));
    }

    @Test
    void whatCannotBeFittedToAllRowsLeavesTheFlow() {
        GibbsSelection selection = selection(-0.5, false);
        GibbsSelection.Worthy worthy = decide(selection).orElseThrow();
        InMemory rows = InMemory.of(Points.zeros(1, ROWS));
        assertTrue(selection.with(worthy, FLOW, rows).isEmpty());
        assertEquals(Judged.LEFT_OUT, names(selection).get(2));
        GibbsSelection asked = selection(-0.5, true);
        assertThrows(NumericalException.class, () -> asked.with(worthy, FLOW, rows));
    }
}
