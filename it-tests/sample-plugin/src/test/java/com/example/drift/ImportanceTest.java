package com.example.drift;

import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.contract.CorrectorContract;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.contract.OrnsteinUhlenbeck;

class ImportanceTest extends CorrectorContract {
    private static final List<Column> COLUMNS = List.of(Column.real("x"), Column.real("y"));

    @Override
    protected Corrector corrector() {
        return new Importance().create(new Importance.Options(20, 40), RunContext.quiet(1));
    }

    /** N(1, 1/4) in each coordinate, tilted by two nats for each unit of the sum. */
    @Override
    protected GuidedScoreModel model() {
        GuidanceContext context = new GuidanceContext(COLUMNS, RunContext.quiet(1));
        return new Tilt()
                .create(new Tilt.Options(2), context)
                .guide(ExactMixture.gaussian(new OrnsteinUhlenbeck(2, 0.001), 1, 0.5));
    }

    /** A tilt moves the mean of a normal law by slope times variance. */
    @Override
    protected double[] mean() {
        return new double[] {1.5, 1.5};
    }
}
