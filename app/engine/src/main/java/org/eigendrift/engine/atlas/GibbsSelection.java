package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.judge.DensityJudge;
import org.eigendrift.engine.judge.Judged;
import org.eigendrift.engine.law.gibbs.GibbsLaw;

/**
 * Decides by the log-likelihood of held-out rows whether the law of the score at t = 0 takes the place of a flow, or part
 * of it.
 */
final class GibbsSelection {
    private final DensityFits fit;
    private final boolean required;
    private final RunContext run;
    private final List<Decision> decisions = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param fit fits densities
     * @param required whether the user asked for the density, whatever it is worth
     * @param run seed, threads
     */
    GibbsSelection(DensityFits fit, boolean required, RunContext run) {
        this.fit = fit;
        this.required = required;
        this.run = run;
    }

    /** What was compared and chosen. */
    List<Decision> decisions() {
        return decisions;
    }

    /** A density that is worth its place. */
    record Worthy(double weight, GibbsFit.Choice choice) {}

    /**
     * Decides.
     *
     * @param split rows to fit and to compare by
     * @param flow fitted to the same rows
     * @param nats its log-likelihoods of the held-out rows
     * @return what to fit to all rows, empty if the flow alone is better
     * @throws NumericalException if the density is required and cannot be had
     */
    Optional<Worthy> decide(ModelSelection.Split split, FlowLaw flow, double[] nats) {
        try {
            GibbsFit.Choice choice = fit.choose(
                    split.train(), split.heldout(), flow.proposal(FlowLaw.Accuracy.AVERAGED, run), decisions::add);
            return worthy(choice, nats);
        } catch (InputException | NumericalException e) {
            refuse(e);
            return Optional.empty();
        }
    }

    private Optional<Worthy> worthy(GibbsFit.Choice choice, double[] flow) {
        DensityJudge.Verdict verdict = DensityJudge.judge(flow, choice.nats(), required);
        decisions.add(verdict.decision());
        if (verdict.share() == 0) {
            decisions.add(Decision.told(choice.line()));
            return Optional.empty();
        }
        return Optional.of(new Worthy(verdict.share(), choice));
    }

    /**
     * Fits.
     *
     * @param worthy what was decided
     * @param flow fitted to all rows
     * @param data all rows
     * @return the density beside the flow; empty if it cannot be fitted to all rows
     * @throws NumericalException if the density is required and cannot be had
     */
    Optional<GibbsLaw> with(Worthy worthy, FlowLaw flow, Dataset data) {
        try {
            GibbsModel model = fit.fit(data, worthy.choice, flow.proposal(FlowLaw.Accuracy.AVERAGED, run));
            return Optional.of(new GibbsLaw(worthy.weight, model, flow));
        } catch (InputException | NumericalException e) {
            refuse(e);
            return Optional.empty();
        }
    }

    private void refuse(RuntimeException reason) {
        if (required) {
            throw reason;
        }
        decisions.add(new Decision(Judged.LEFT_OUT, "the Gibbs density", List.of(), reason.getMessage()));
    }
}
