package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.RidgeRuleContract;

class QuasiOptimalityTest extends RidgeRuleContract {
    @Override
    protected Chosen<RunContext, RidgeRule> rule() {
        return new Chosen<>(new QuasiOptimality(), new QuasiOptimality.Options());
    }
}
