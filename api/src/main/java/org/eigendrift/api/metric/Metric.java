package org.eigendrift.api.metric;

import java.util.List;

/** A configured metric. Thread-safe. */
@FunctionalInterface
public interface Metric {

    /**
     * Computes the figures.
     *
     * @param evaluation what to look at
     * @return figures, none if the metric has no meaning here (no held-out rows, no potential)
     */
    List<Figure> evaluate(Evaluation evaluation);
}
