package org.eigendrift.engine.conditional;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;

/** What laws given evidence have in common: everything but draws. Immutable, thread-safe. */
public abstract class GivenLaw implements Conditional {
    private final Law joint;
    private final Evidence evidence;
    private final Certainty certainty;
    private final double logVolume;

    /**
     * A law given evidence.
     *
     * @param joint the law that was asked
     * @param evidence what was known
     * @param certainty the evidence's log-probability, and how sure it is
     * @param logVolume what is added to the joint log-density where the evidence has relations of several columns, else 0
     */
    protected GivenLaw(Law joint, Evidence evidence, Certainty certainty, double logVolume) {
        this.joint = joint;
        this.evidence = evidence;
        this.certainty = certainty;
        this.logVolume = logVolume;
    }

    /**
     * The law that was asked.
     *
     * @return the law without evidence
     */
    protected final Law joint() {
        return joint;
    }

    @Override
    public final Evidence evidence() {
        return evidence;
    }

    @Override
    public final Certainty certainty() {
        return certainty;
    }

    @Override
    public final List<Column> columns() {
        return joint.columns();
    }

    @Override
    public final Provenance provenance() {
        return joint.provenance();
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        double[] nats = new double[x.size()];
        int[] whole = Gaps.whole(columns(), x);
        Scores scores = joint.logDensity(x.select(whole), run);
        double error = scores.error() * whole.length;
        for (int j = 0; j < whole.length; j++) {
            nats[whole[j]] = evidence.holds(x.row(whole[j]))
                    ? scores.nats()[j] + logVolume - certainty.logProbability()
                    : Double.NEGATIVE_INFINITY;
        }
        for (int n : Gaps.open(columns(), x)) {
            Certainty both = joint.given(evidence.and(Gaps.evidence(columns(), x, n)), run)
                    .certainty();
            nats[n] = both.logProbability() - certainty.logProbability();
            error += both.error();
        }
        return new Scores(nats, certainty.error() + (x.size() == 0 ? 0 : error / x.size()));
    }

    @Override
    public final Optional<Conditioner> conditioner(RunContext run) {
        return joint.conditioner(run).map(of -> (more, effective) -> of.given(evidence.and(more), effective));
    }
}
