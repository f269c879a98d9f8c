package org.eigendrift.engine.report;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Bounded;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Supported;
import org.eigendrift.engine.settings.FitSettings;

/** A law that the engine fitted: what reports show beside what every law tells. */
public interface Fitted extends Additive, Bounded, Flowing, Supported {
    /**
     * What the fit did.
     *
     * @return a view, from which nothing of the law is computed
     */
    FitReport report();

    /**
     * The charts of a mixture, or the one model that a law is.
     *
     * @return one entry each; empty where no member has functions
     */
    List<ChartFacts> charts();

    /**
     * The spectrum of the model of largest share.
     *
     * @return its functions, or empty where no member has any
     */
    Optional<Spectrum> spectrum();

    /**
     * The settings that make the same law again, every choice made explicit.
     *
     * @return empty where each part of the law chose for itself
     */
    default Optional<FitSettings> chosen() {
        return Optional.empty();
    }

    /**
     * What there is beside the flows.
     *
     * @return the end of a sentence, empty if there is nothing
     */
    default String besideFlows() {
        return "";
    }
}
