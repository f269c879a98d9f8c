package org.eigendrift.metrics.xgboost;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class TrainSyntheticContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new TrainSynthetic();
    }
}
