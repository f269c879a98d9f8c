package org.eigendrift.cli.run;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.ImpossibleRows;
import org.eigendrift.engine.ReferenceLaw;
import org.eigendrift.engine.atlas.Atlas;
import org.eigendrift.engine.atlas.AtlasReferenceLaw;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.FlowLikelihood;
import org.eigendrift.engine.model.Sampling;

/** A model to sample from and to evaluate, fitted or exact. */
sealed interface DensityModel {

    /** Of a model with a Gibbs density. */
    String WALKS_ON =
            "this one's samples walk on to the Gibbs density of t = 0 (density: flow leaves them where the flow ends)";

    /** Of a model of several charts. */
    static String has(int charts) {
        return "this one has " + charts + " (components: 1 fits one)";
    }

    /** The model as samplers see it; of several charts the heaviest. */
    ScoreModel score();

    /** Why samples do not all follow the flow of {@link #score}, in words; empty if they do. */
    Optional<String> otherFlows();

    /** Draws samples, in the data's coordinates. */
    Atlas.Samples sample(Sampler sampler, int count, RunContext context);

    /** The columns of the data. */
    List<Column> columns();

    /** Maps the coordinates of the process of {@link #score} to the data's. */
    Points toData(Points z);

    /** The log-likelihood of rows in the data's coordinates. */
    Scores logLikelihood(Points rows, RunContext context);

    /** The closed-form evidence bound, for models that have one. */
    Optional<Double> evidenceBound(Dataset heldout, RunContext context);

    /** The law the flow starts from, for models whose eigenfunctions are known. */
    Optional<Reference> reference(RunContext context);

    /** Why rows have a log-likelihood of negative infinity, in one sentence, if any has. */
    Optional<String> impossible(Points rows, double[] nats, String which);

    /** A model that was fitted. */
    record Fitted(Atlas model) implements DensityModel {
        @Override
        public ScoreModel score() {
            return model.heaviest().model().scoreModel();
        }

        @Override
        public Optional<String> otherFlows() {
            int charts = model.charts().size();
            return charts > 1 ? Optional.of(has(charts)) : model.gibbs().map(g -> WALKS_ON);
        }

        @Override
        public Atlas.Samples sample(Sampler sampler, int count, RunContext context) {
            return model.sample(sampler, count, context);
        }

        @Override
        public List<Column> columns() {
            return model.columns();
        }

        @Override
        public Points toData(Points z) {
            return model.heaviest().model().frames().inverse(z);
        }

        @Override
        public Scores logLikelihood(Points rows, RunContext context) {
            return model.logLikelihood(rows, context);
        }

        @Override
        public Optional<Double> evidenceBound(Dataset heldout, RunContext context) {
            return Optional.of(model.evidenceBound(heldout, context));
        }

        @Override
        public Optional<Reference> reference(RunContext context) {
            return Optional.of(
                    model.charts().size() == 1 && model.gibbs().isEmpty()
                            ? new ReferenceLaw(model.heaviest().model(), context)
                            : new AtlasReferenceLaw(model, context));
        }

        @Override
        public Optional<String> impossible(Points rows, double[] nats, String which) {
            // Impossible rows lie outside every chart.
            return ImpossibleRows.sentence(model.heaviest().model(), rows, nats, which);
        }
    }

    /** A model that the target knows exactly, in the data's own coordinates. */
    record Exact(ScoreModel score, List<Column> columns) implements DensityModel {
        @Override
        public Optional<String> otherFlows() {
            return Optional.empty();
        }

        @Override
        public Atlas.Samples sample(Sampler sampler, int count, RunContext context) {
            Sampling.Samples samples = Sampling.draw(score, sampler, count, context);
            return new Atlas.Samples(samples.points(), samples.outcome());
        }

        @Override
        public Points toData(Points z) {
            return z;
        }

        @Override
        public Scores logLikelihood(Points rows, RunContext context) {
            try (Parallel parallel = new Parallel(context.threads())) {
                return new FlowLikelihood(score, FittedModel.LIKELIHOOD_TOLERANCE, parallel).of(rows);
            }
        }

        @Override
        public Optional<Double> evidenceBound(Dataset heldout, RunContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<Reference> reference(RunContext context) {
            return Optional.empty();
        }

        @Override
        public Optional<String> impossible(Points rows, double[] nats, String which) {
            return Optional.empty();
        }
    }
}
