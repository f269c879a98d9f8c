package org.eigendrift.engine.metric;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class ClassifierTwoSampleContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new ClassifierTwoSample();
    }
}
