package org.eigendrift.engine.flow;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.conditional.Density;

/**
 * What a flow's functions say of its log-density at the earliest time, without integration: pi exp(h), whose slope is the score there. That
 * is the flow's own density only where h solves the equation exactly, and off by about a nat elsewhere, for a thousandth of the price.
 * Its constant is the middle one of some draws. Immutable.
 */
final class Expansion implements Density {
    private static final int DRAWS = 64;

    private final FittedModel model;
    private final double constant;

    private Expansion(FittedModel model, double constant) {
        this.model = model;
        this.constant = constant;
    }

    static Expansion of(FittedModel model, RunContext run) {
        long seed = run.random(Purpose.CONDITION_SKETCH).bits(0, 0);
        Points rows = model.draw(FlowLaw.Starts.INDEPENDENT, DRAWS, run.withSeed(seed));
        double[] exact = model.logDensity(rows, FlowLaw.Accuracy.AVERAGED, run).nats();
        double[] own = new Expansion(model, 0).of(rows, run);
        double[] differences = new double[DRAWS];
        Arrays.setAll(differences, n -> exact[n] - own[n]);
        Arrays.sort(differences);
        return new Expansion(model, differences[DRAWS / 2]);
    }

    @Override
    public double[] of(Points x, RunContext run) {
        double[] logJacobian = new double[x.size()];
        Points z = model.frames().forward(x, logJacobian);
        ScoreModel score = model.scoreModel();
        double[] nats = new double[x.size()];
        score.process().logReference(z, nats);
        double[] ratio = new double[x.size()];
        score.evaluator().logRatio(score.process().earliest(), z, ratio);
        for (int n = 0; n < nats.length; n++) {
            nats[n] += ratio[n] + logJacobian[n] + constant;
        }
        return nats;
    }
}
