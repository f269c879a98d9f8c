package org.eigendrift.cli.run;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.metric.Evaluation.RowLikelihood;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.FlowLikelihood;

/** A model to sample from and to evaluate, fitted or exact. */
sealed interface DensityModel {

    /** The model as samplers see it. */
    ScoreModel score();

    /** The columns of the data. */
    List<Column> columns();

    /** Maps the process's coordinates to the data's. */
    Points toData(Points z);

    /** The log-likelihood of rows in the data's coordinates. */
    RowLikelihood logLikelihood(Points rows, RunContext context);

    /** The closed-form evidence bound, for models that have one. */
    Optional<Double> evidenceBound(Dataset heldout, RunContext context);

    /** A model that was fitted. */
    record Fitted(FittedModel model) implements DensityModel {
        @Override
        public ScoreModel score() {
            return model.scoreModel();
        }

        @Override
        public List<Column> columns() {
            return model.columns();
        }

        @Override
        public Points toData(Points z) {
            return model.frames().inverse(z);
        }

        @Override
        public RowLikelihood logLikelihood(Points rows, RunContext context) {
            return model.logLikelihood(rows, context);
        }

        @Override
        public Optional<Double> evidenceBound(Dataset heldout, RunContext context) {
            return Optional.of(model.evidenceBound(heldout, context));
        }
    }

    /** A model that the target knows exactly, in the data's own coordinates. */
    record Exact(ScoreModel score, List<Column> columns) implements DensityModel {
        @Override
        public Points toData(Points z) {
            return z;
        }

        @Override
        public RowLikelihood logLikelihood(Points rows, RunContext context) {
            try (Parallel parallel = new Parallel(context.threads())) {
                return new FlowLikelihood(score, FittedModel.LIKELIHOOD_TOLERANCE, parallel).of(rows);
            }
        }

        @Override
        public Optional<Double> evidenceBound(Dataset heldout, RunContext context) {
            return Optional.empty();
        }
    }
}
