package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.SolverContract;

class SteepestDescentTest extends SolverContract {
    @Override
    protected Chosen<RunContext, Solver> solver() {
        return new Chosen<>(new SteepestDescent(), new SteepestDescent.Options(1e-9, 100_000));
    }
}
