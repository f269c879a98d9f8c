package org.eigendrift.engine.flow;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.engine.conditional.Density;
import org.eigendrift.engine.report.ChartFacts;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.report.Spectrum;

/** A law made of flows, or normalised beside flows. */
public interface Flows extends Fitted {
    /**
     * The flows that the law is made of, or was normalised beside.
     *
     * @return at least one, with shares that sum to 1; fewer where a mixture has members without a flow
     */
    List<Share> flows();

    /**
     * Roughly the log-density, for next to nothing, if there is such a thing: what proposes rows for the density itself to judge.
     *
     * @param run seed, threads
     * @return off by a nat or so; empty if the density itself costs as little, or nothing else is known
     */
    default Optional<Density> sketch(RunContext run) {
        return Optional.empty();
    }

    /**
     * Draws rows wherever the law has mass.
     *
     * @param request which rows, and how
     * @param run seed, threads, progress, cancellation
     * @return exactly as many rows as asked for; the first are the same when more are drawn
     */
    Draws drawAnywhere(DrawRequest request, RunContext run);

    /** Draws rows within what was seen of the columns ({@link org.eigendrift.api.data.Column#observed}). */
    @Override
    default Draws draw(DrawRequest request, RunContext run) {
        Draws draws = drawAnywhere(request, run);
        Fold.rows(columns(), draws.rows());
        return draws;
    }

    /**
     * A flow and its share.
     *
     * @param weight above 0
     * @param model the flow
     */
    record Share(double weight, FittedModel model) {}

    /**
     * The flow of largest share.
     *
     * @return the first of them
     * @throws InputException if there is none
     */
    default FittedModel heaviest() {
        if (flows().isEmpty()) {
            throw new InputException(
                    "the model has no flow: its kind is '" + provenance().kind() + "'" + besideFlows());
        }
        Share heaviest = flows().get(0);
        for (Share share : flows()) {
            heaviest = share.weight() > heaviest.weight() ? share : heaviest;
        }
        return heaviest.model();
    }

    @Override
    default List<ChartFacts> charts() {
        return flows().stream()
                .map(flow -> new ChartFacts(
                        flow.weight(),
                        flow.model().report().rows(),
                        flow.model().report().basisSize(),
                        flow.model().path().end()))
                .toList();
    }

    @Override
    default Optional<Spectrum> spectrum() {
        return flows().isEmpty() ? Optional.empty() : Optional.of(FlowSpectrum.of(heaviest()));
    }
}
