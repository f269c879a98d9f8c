package org.eigendrift.engine.model;

import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.settings.FitSettings;

/** A model that follows from sums over rows of functions in frame coordinates: what merging and files have to know. */
public interface SummedModel {

    /**
     * The settings.
     *
     * @return with everything that was left to the fit resolved
     */
    FitSettings settings();

    /**
     * The frames.
     *
     * @return from the data's coordinates to the basis's
     */
    FrameChain frames();

    /**
     * The functions.
     *
     * @return the basis
     */
    ProductBasis basis();

    /**
     * The sufficient statistic.
     *
     * @return shared, not to be modified
     */
    MomentTable table();

    /**
     * The columns of the data.
     *
     * @return as in the data set that was fitted
     */
    default List<Column> columns() {
        return frames().dataColumns();
    }
}
