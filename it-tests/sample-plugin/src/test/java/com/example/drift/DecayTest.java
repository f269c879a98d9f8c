package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.contract.SimulatorContract;

class DecayTest extends SimulatorContract {
    @Override
    protected Simulator simulator() {
        return new Decay().create(new Decay.Options(0.05), RunContext.quiet(1));
    }
}
