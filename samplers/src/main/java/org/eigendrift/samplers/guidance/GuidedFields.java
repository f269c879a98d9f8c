package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.wrap.ScoreEvaluator;

/** The fields of a guided model: one evaluation of the unguided one, and of what was guided before, if it was. */
final class GuidedFields extends ScoreEvaluator implements GuidedScoreModel.Evaluator {
    private final Tweedie tweedie;
    private final Steering steering;
    /** Of what was guided before; null if nothing was. */
    private final GuidedScoreModel.Evaluator before;

    private final double earliest;
    private double[] work = {};

    GuidedFields(ScoreModel model, AffineProcess process, Steering steering) {
        super(process);
        this.tweedie = new Tweedie(Guided.base(model), process);
        this.steering = steering;
        this.before = model instanceof GuidedScoreModel guided ? guided.evaluator() : null;
        this.earliest = process.earliest();
    }

    @Override
    public void score(double t, Points x, Points out) {
        tweedie.at(t, x);
        if (before == null) {
            out.copyFrom(tweedie.score());
        } else {
            before.score(t, x, out);
        }
        steering.steer(tweedie, out);
    }

    @Override
    public void twistedScore(double t, Points x, Points out) {
        tweedie.at(t, x);
        if (before == null) {
            out.copyFrom(tweedie.score());
        } else {
            before.twistedScore(t, x, out);
        }
        steering.twist(tweedie, out);
    }

    @Override
    public double noise() {
        return before == null ? 1 : before.noise();
    }

    @Override
    public boolean bend(double t, Points x, Points direction, Points out) {
        tweedie.at(t, x);
        if (!(tweedie.evaluator() instanceof CurvedScoreModel.Evaluator)) {
            return false;
        }
        if (before == null) {
            tweedie.curvature(x, Collections.singletonList(direction), Collections.singletonList(out));
        } else if (!before.bend(t, x, direction, out)) {
            return false;
        }
        steering.curve(tweedie, direction, out);
        return true;
    }

    @Override
    public void logRatio(double t, Points x, double[] out) {
        logTwist(t, x, out);
        double[] twist = out.clone();
        tweedie.evaluator().logRatio(t, x, out);
        for (int n = 0; n < x.size(); n++) {
            out[n] += twist[n];
        }
    }

    @Override
    public void logTwist(double t, Points x, double[] out) {
        tweedie.at(t, x);
        steering.logTwist(tweedie, out);
        if (before != null) {
            before.logTwist(t, x, room(x));
            add(x, out);
        }
    }

    @Override
    public void logTarget(Points x, double[] out) {
        tweedie.at(earliest, x);
        steering.logTarget(tweedie, out);
        if (before != null) {
            before.logTarget(x, room(x));
            add(x, out);
        }
    }

    @Override
    public List<Figure> figures(Points x) {
        List<Figure> figures = new ArrayList<>();
        if (before != null) {
            figures.addAll(before.figures(x));
        }
        figures.addAll(steering.figures(x));
        return figures;
    }

    private double[] room(Points x) {
        if (work.length != x.size()) {
            work = new double[x.size()];
        }
        return work;
    }

    private void add(Points x, double[] out) {
        for (int n = 0; n < x.size(); n++) {
            out[n] += work[n];
        }
    }
}
