package org.eigendrift.engine.atlas;

import java.util.function.Consumer;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;

/**
 * The fits of Gibbs densities that {@link GibbsSelection} compares with flows. Each throws {@link org.eigendrift.api.InputException} or
 * {@link org.eigendrift.api.NumericalException} where it cannot be had.
 */
interface DensityFits {
    /** What describes held-out rows best, see {@link GibbsFit#choose}. */
    GibbsFit.Choice choose(Dataset train, Points heldout, Proposal proposal, Consumer<Decision> decisions);

    /** The same of all rows, see {@link GibbsFit#fit}. */
    GibbsModel fit(Dataset train, GibbsFit.Choice choice, Proposal proposal);
}
