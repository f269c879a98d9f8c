package org.eigendrift.targets.expectation;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class ExpectationContractTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new Expectation();
    }
}
