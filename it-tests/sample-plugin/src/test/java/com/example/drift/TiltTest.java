package com.example.drift;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactGaussian;
import org.eigendrift.contract.GuidanceContract;
import org.eigendrift.contract.OrnsteinUhlenbeck;

class TiltTest extends GuidanceContract {
    private final ScoreModel model = new ExactGaussian(new OrnsteinUhlenbeck(2, 0.01), 1, 0.5);

    @Override
    protected Guidance guidance() {
        List<Column> columns = List.of(Column.real("x"), Column.real("y"));
        return new Tilt().create(new Tilt.Options(0.7), new GuidanceContext(columns, RunContext.quiet(1)));
    }

    @Override
    protected ScoreModel model() {
        return model;
    }
}
