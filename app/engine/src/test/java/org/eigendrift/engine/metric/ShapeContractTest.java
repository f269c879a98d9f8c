package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class ShapeContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new Shape();
    }

    /** The floor is of halves of the training rows. */
    @Override
    protected boolean floorNeedsHeldoutRows() {
        return false;
    }
}
