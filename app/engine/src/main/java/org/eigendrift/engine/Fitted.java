package org.eigendrift.engine;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Bounded;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Supported;

/** A law that the engine fitted: what reports show beside what every law tells. */
public interface Fitted extends Additive, Bounded, Flowing, Supported {
    /**
     * What the fit did.
     *
     * @return a view, from which nothing of the law is computed
     */
    FitReport report();

    /**
     * The flows that the law is made of, or was normalised beside.
     *
     * @return at least one, with shares that sum to 1; fewer where a mixture has members without a flow
     */
    List<Share> flows();

    /**
     * What there is beside the flows.
     *
     * @return the end of a sentence, empty if there is nothing
     */
    default String besideFlows() {
        return "";
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
}
