package com.example.drift;

import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.contract.OrnsteinUhlenbeck;
import org.eigendrift.contract.TimeGridContract;

class ChebyshevGridTest extends TimeGridContract {
    @Override
    protected TimeGrid create(GridContext context) {
        return new ChebyshevGrid().create(new ChebyshevGrid.Options(), context);
    }

    @Override
    protected DiffusionProcess process() {
        return new OrnsteinUhlenbeck(2, 0.01);
    }
}
