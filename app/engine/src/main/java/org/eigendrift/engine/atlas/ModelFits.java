package org.eigendrift.engine.atlas;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.flow.FlowLaw;

/**
 * The fits among which {@link ModelSelection} chooses: it sees laws alone, whoever fits them. Each throws {@link
 * org.eigendrift.api.InputException} or {@link org.eigendrift.api.NumericalException} where it cannot be had.
 */
interface ModelFits {
    /** One model in the columns' own coordinates, or in the frame that was asked for. */
    FlowLaw table(Dataset train);

    /** One model of normal scores. */
    FlowLaw normalScores(Dataset train);

    /** One model in uncorrelated coordinates. */
    FlowLaw whitened(Dataset train);

    /** Models of charts, by components that are improved from given ones. */
    FlowLaw charts(Dataset train, ChartMixture start);

    /** One normal law of all rows. */
    FlowLaw normal(Dataset train);

    /**
     * Components of charts.
     *
     * @param rows not modified
     * @param columns of the rows
     * @param components how many, fewer where rows are few
     * @param steps of the iteration
     * @param before a mixture whose coordinates tell where columns have knees
     */
    ChartMixture mixture(Points rows, List<Column> columns, int components, int steps, Optional<ChartMixture> before);

    /** Decides between a flow and a density beside it. */
    GibbsSelection gibbs();

    /**
     * Whether there may be a density.
     *
     * @param data the rows
     * @param folds into how many they are split
     */
    boolean mayBeGibbs(Dataset data, int folds);
}
