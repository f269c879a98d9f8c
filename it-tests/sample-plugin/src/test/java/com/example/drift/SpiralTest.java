package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;

class SpiralTest extends TargetContract {
    @Override
    protected Target target() {
        return new Spiral().create(new Spiral.Options(2000, 500, 0.05), RunContext.quiet(1));
    }
}
