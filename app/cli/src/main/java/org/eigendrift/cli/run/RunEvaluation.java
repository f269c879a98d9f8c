package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Bounded;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Referenced;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Posteriors;
import org.eigendrift.api.target.Target;
import org.eigendrift.engine.check.CheckedLaw;
import org.eigendrift.engine.comparison.PosteriorDraws;
import org.eigendrift.engine.report.ImpossibleRows;

/**
 * What metrics look at; each part is computed when first asked for, and kept. Metrics get copies, so that none
 * changes what another sees. One thread.
 */
final class RunEvaluation implements Evaluation {
    /** As the contract of {@link Evaluation#rows} says. */
    private static final int MOST_ROWS = 10_000;

    private final Law law;
    private final Target target;
    private final Points samples;
    private final boolean flow;
    private final RunContext context;
    private final Map<Split, Optional<Points>> rows = new EnumMap<>(Split.class);
    private final Map<Split, Optional<Scores>> likelihoods = new EnumMap<>(Split.class);
    private Optional<Scores> ofSamples;
    private Optional<Double> bound;
    private Optional<Posteriors> posteriors;

    /**
     * Creates an evaluation.
     *
     * @param law the law
     * @param target where its rows come from
     * @param samples the samples
     * @param flow whether the samples follow the law whose density is the model's likelihood
     * @param context seed, threads, progress
     */
    RunEvaluation(Law law, Target target, Points samples, boolean flow, RunContext context) {
        this.law = law;
        this.target = target;
        this.samples = samples;
        this.flow = flow;
        this.context = context;
    }

    @Override
    public Points samples() {
        return samples.copy();
    }

    @Override
    public Optional<Points> rows(Split split) {
        return kept(split).map(Points::copy);
    }

    private Optional<Points> kept(Split split) {
        return rows.computeIfAbsent(split, this::read);
    }

    private Optional<Points> read(Split split) {
        Optional<Dataset> data = split == Split.TRAIN ? Optional.of(target.train()) : target.heldout();
        return data.map(d -> InMemory.read(d, MOST_ROWS)).filter(points -> points.size() > 0);
    }

    @Override
    public Optional<Scores> logLikelihood(Split split) {
        return likelihoodOf(split).map(RunEvaluation::copy);
    }

    private Optional<Scores> likelihoodOf(Split split) {
        return likelihoods.computeIfAbsent(
                split, s -> kept(s).map(points -> CheckedLaw.logDensity(law, points, context)));
    }

    private static Scores copy(Scores scores) {
        return new Scores(scores.nats().clone(), scores.error());
    }

    @Override
    public Optional<Scores> sampleLogLikelihood() {
        if (ofSamples == null) {
            ofSamples = Optional.of(samples)
                    .filter(points -> flow && points.size() > 0)
                    .map(points -> CheckedLaw.logDensity(law, points, context));
        }
        return ofSamples.map(RunEvaluation::copy);
    }

    @Override
    public Optional<Reference> reference() {
        return law instanceof Referenced referenced ? referenced.reference(context) : Optional.empty();
    }

    @Override
    public Optional<Double> evidenceBound() {
        if (bound == null) {
            bound = law instanceof Bounded bounded
                    ? target.heldout().map(heldout -> bounded.evidenceBound(heldout, context))
                    : Optional.empty();
        }
        return bound;
    }

    @Override
    public Optional<Posteriors> posteriors() {
        if (posteriors == null) {
            posteriors = law instanceof Conditioned conditioned
                    ? kept(Split.HELDOUT).map(heldout -> PosteriorDraws.of(conditioned, heldout, context))
                    : Optional.empty();
        }
        return posteriors;
    }

    /** The same, if a metric has asked for it. */
    Optional<Posteriors> posteriorsSeen() {
        return posteriors == null ? Optional.empty() : posteriors;
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RunContext run() {
        return context;
    }

    /** Of which rows the log-likelihood that a metric asked for is negative infinity, and why. */
    Optional<String> impossible(Split split) {
        String which = split == Split.TRAIN ? "training " : "held-out ";
        return likelihoods.getOrDefault(split, Optional.empty()).flatMap(l -> {
            ImpossibleRows impossible = new ImpossibleRows(law);
            impossible.add(kept(split).orElseThrow(), l.nats());
            return impossible.sentence(which);
        });
    }

    /** What to know before trusting the figures: what the target says, and which columns make rows impossible. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>(target.remarks());
        for (Split split : likelihoods.keySet()) {
            impossible(split).ifPresent(remarks::add);
        }
        return remarks;
    }
}
