package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class ClosestRecordContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new ClosestRecord();
    }
}
