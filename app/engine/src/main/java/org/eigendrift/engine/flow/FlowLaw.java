package org.eigendrift.engine.flow;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Referenced;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.conditional.Conditioning;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.transport.FlowLikelihood;

/** A law of one flow, or of several of which each row follows one: what a Gibbs density is normalised beside. */
public interface FlowLaw extends Flows, Referenced {

    /** How log-densities are integrated. */
    enum Accuracy {
        /** To {@link FlowLikelihood#TOLERANCE}, with an estimated error. */
        FULL,
        /** For densities that are averaged over draws, where errors of single draws cancel. */
        AVERAGED,
        /** About as exact as {@link #FULL}, by one integration: its error is not estimated. */
        ALONE
    }

    /** Where draws start. */
    enum Starts {
        /** Spread evenly over the stationary law. */
        EVEN,
        /** Independent draws of it. */
        INDEPENDENT
    }

    /**
     * The log-density of rows.
     *
     * @param x rows in the data's coordinates; not modified
     * @param accuracy how it is integrated
     * @param run threads
     * @return nats a row, and the integration error if it is estimated
     */
    Scores logDensity(Points x, Accuracy accuracy, RunContext run);

    /** Of rows with gaps the marginal density of the other cells. */
    @Override
    default Scores logDensity(Points x, RunContext run) {
        return Gaps.logDensity(
                columns(),
                x,
                rows -> logDensity(rows, Accuracy.FULL, run),
                alone -> conditioner(alone).orElseThrow(),
                run);
    }

    @Override
    default Optional<Conditioner> conditioner(RunContext run) {
        return Optional.of(new Conditioning(
                this,
                (rows, with) -> logDensity(rows, Accuracy.ALONE, with).nats(),
                sketch(run),
                FlowLikelihood.OF_INTEGRALS,
                run));
    }

    /**
     * The log-density of rows under the stationary law, without the law's functions.
     *
     * @param x rows in the data's coordinates; not modified
     * @return nats a row, negative infinity for rows outside the support
     */
    double[] logReference(Points x);

    /**
     * Draws along the flow, integrated as exactly as {@link Accuracy#AVERAGED} densities.
     *
     * @param starts where they start
     * @param count how many
     * @param run seed, threads
     * @return points in the data's coordinates
     */
    Points draw(Starts starts, int count, RunContext run);

    /**
     * The evidence bounds of the law's parts, see {@link MixedBound}.
     *
     * @param heldout rows that were not fitted
     * @param run threads
     * @return parts whose weights sum to 1
     */
    List<MixedBound> bounds(Dataset heldout, RunContext run);

    @Override
    default double evidenceBound(Dataset heldout, RunContext run) {
        return MixedBound.best(bounds(heldout, run));
    }

    /**
     * The same law, its heaviest flow with another report.
     *
     * @param report of that flow
     * @return a new law
     */
    FlowLaw withReport(FitReport report);

    /**
     * The law to normalise a Gibbs density beside: independent draws, and densities.
     *
     * @param accuracy of the densities
     * @param run threads
     * @return the proposal
     */
    default Proposal proposal(Accuracy accuracy, RunContext run) {
        return new Proposal() {
            @Override
            public Points draw(CounterRandom random, int count) {
                return FlowLaw.this.draw(Starts.INDEPENDENT, count, run.withSeed(random.bits(0, 0)));
            }

            @Override
            public double[] logDensity(Points x) {
                return FlowLaw.this.logDensity(x, accuracy, run).nats();
            }
        };
    }

    @Override
    default ScoreModel scoreModel() {
        return heaviest().scoreModel();
    }

    @Override
    default Points toData(Points z) {
        return heaviest().toData(z);
    }

    @Override
    default Optional<Impossible> impossible(double[] row) {
        // Impossible rows lie outside every flow.
        return flows().isEmpty() ? Optional.empty() : ImpossibleRow.reason(heaviest(), row);
    }

    @Override
    default boolean drawsHaveDensity() {
        return true;
    }
}
