package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.contract.RowSamplerContract;

class UniformRowsTest extends RowSamplerContract {
    @Override
    protected RowSampler sampler() {
        return new UniformRows().create(new UniformRows.Options(), RunContext.quiet(1));
    }
}
