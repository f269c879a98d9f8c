package com.example.drift;

import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.contract.ProcessContract;

class SubVariancePreservingTest extends ProcessContract {
    private final AffineProcess process =
            new SubVariancePreserving().create(new SubVariancePreserving.Options(0.001), 2);

    @Override
    protected AffineProcess process() {
        return process;
    }
}
