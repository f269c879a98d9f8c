package org.eigendrift.engine.flow;

import java.util.Arrays;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.model.ThetaPath;

/** Models that differ in how far their last coefficients are held. */
public final class HeldTheta {
    private HeldTheta() {}

    /** The same model with its last coefficients held to a time. */
    public static FittedModel to(double end, FittedModel model) {
        double[][] theta = new double[model.path().grid().steps() + 1][];
        Arrays.setAll(theta, model.path()::at);
        return new FittedModel(
                model.settings(),
                model.frames(),
                model.basis(),
                model.table(),
                new ThetaPath(model.path().grid(), theta, end),
                TimePlan.of(model.path().grid(), model.report().solves(), end),
                model.report());
    }

    /** The same model, without coefficients below its grid. */
    public static FittedModel none(FittedModel model) {
        return to(model.path().grid().last(), model);
    }
}
