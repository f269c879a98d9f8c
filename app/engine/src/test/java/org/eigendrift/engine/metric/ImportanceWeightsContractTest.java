package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class ImportanceWeightsContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new ImportanceWeights();
    }
}
