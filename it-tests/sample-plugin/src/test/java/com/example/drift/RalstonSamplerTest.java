package com.example.drift;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactGaussian;
import org.eigendrift.contract.OrnsteinUhlenbeck;
import org.eigendrift.contract.SamplerContract;

class RalstonSamplerTest extends SamplerContract {
    @Override
    protected Sampler sampler() {
        return new RalstonSampler().create(new RalstonSampler.Options(60), RunContext.quiet(1));
    }

    @Override
    protected ScoreModel model() {
        return new ExactGaussian(new OrnsteinUhlenbeck(2, 0.01), 1, 0.5);
    }

    @Override
    protected double accuracy() {
        return 0.02;
    }
}
