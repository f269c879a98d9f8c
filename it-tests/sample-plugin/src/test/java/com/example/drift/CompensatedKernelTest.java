package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.contract.ProductKernelContract;

class CompensatedKernelTest extends ProductKernelContract {
    @Override
    protected ProductKernel kernel() {
        return new CompensatedKernel().create(new CompensatedKernel.Options(), RunContext.quiet(1));
    }
}
