package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class EvidenceBoundContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new EvidenceBound();
    }
}
