package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class TrendContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new Trend();
    }

    /** The floor is of halves of the training rows. */
    @Override
    protected boolean floorNeedsHeldoutRows() {
        return false;
    }
}
