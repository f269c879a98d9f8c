package com.example.drift;

import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.contract.MetricContract;

class MedianErrorTest extends MetricContract {
    @Override
    protected MetricProvider<?> provider() {
        return new MedianError();
    }
}
