package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.LazyRows;
import org.eigendrift.targets.mcmc.BoltzmannModel;
import org.eigendrift.targets.mcmc.Chains;

/**
 * A kind of target that is a Boltzmann distribution without exact draws: its rows come from Markov chains, run at the
 * first reading.
 *
 * @param <O> options record
 */
abstract class PotentialProvider<O extends Record & PotentialProvider.Chained> implements TargetProvider<O> {
    private final String name;
    private final String summary;
    private final MethodHandles.Lookup lookup;
    private final Class<O> type;
    private volatile OptionSchema<O> schema;

    /** Options with those that all such targets share. */
    interface Chained {
        /** How rows are drawn. */
        ChainOptions reference();
    }

    PotentialProvider(String name, String summary, MethodHandles.Lookup lookup, Class<O> type) {
        this.name = name;
        this.summary = summary;
        this.lookup = lookup;
        this.type = type;
    }

    /**
     * The distribution that options mean.
     *
     * @param options validated options
     * @param context gives the run's seed, for random parameters
     * @return the distribution
     */
    abstract BoltzmannModel model(O options, RunContext context);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final OptionSchema<O> options() {
        // Made when first asked for: a run discovers every provider and uses few.
        OptionSchema<O> made = schema;
        if (made == null) {
            made = OptionSchema.of(lookup, type);
            schema = made;
        }
        return made;
    }

    @Override
    public Target create(O options, RunContext context) {
        return new Sampled(model(options, context), options.reference(), context);
    }

    /** A target whose rows come from chains. */
    private static final class Sampled implements Target {
        private final BoltzmannModel model;
        private final ChainOptions options;
        private final RunContext context;
        private final Dataset train;
        private final Optional<Dataset> heldout;
        private Chains chains;

        Sampled(BoltzmannModel model, ChainOptions options, RunContext context) {
            this.model = model;
            this.options = options;
            this.context = context;
            int first = options.rows();
            int apart = options.heldout();
            this.train = new LazyRows(model.columns(), first, () -> chains().rows(0, first));
            LazyRows last = new LazyRows(model.columns(), apart, () -> chains().rows(first, apart));
            this.heldout = apart == 0 ? Optional.empty() : Optional.of(last);
        }

        private synchronized Chains chains() {
            if (chains == null) {
                chains = Chains.run(model, options.plan(), context.random(Purpose.CHAINS, options.seed()), context);
            }
            return chains;
        }

        @Override
        public Dataset train() {
            return train;
        }

        @Override
        public Optional<Dataset> heldout() {
            return heldout;
        }

        @Override
        public Optional<Potential> potential() {
            return Optional.of(model.potential());
        }

        @Override
        public Optional<LogDensity> density() {
            return model.density();
        }

        @Override
        public synchronized List<String> remarks() {
            return chains == null ? List.of() : chains.remarks();
        }
    }
}
