package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class CoverageContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new Coverage();
    }
}
