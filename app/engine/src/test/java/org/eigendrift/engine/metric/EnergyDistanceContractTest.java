package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class EnergyDistanceContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new EnergyDistance();
    }
}
