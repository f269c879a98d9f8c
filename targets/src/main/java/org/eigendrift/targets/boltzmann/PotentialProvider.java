package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.eigendrift.targets.mcmc.Plan;

/**
 * A kind of target that is a Boltzmann distribution without exact draws: its rows come from Markov chains, run at the
 * first reading.
 *
 * @param <O> options record
 */
abstract class PotentialProvider<O extends Record & PotentialProvider.Reference> implements TargetProvider<O> {
    private final String name;
    private final String summary;
    private final MethodHandles.Lookup lookup;
    private final Class<O> type;
    private volatile OptionSchema<O> schema;

    /** The options that all such targets share. */
    interface Reference {
        /** Training rows. */
        int rows();

        /** Held-out rows, the chains' last draws; 0 for none. */
        int heldout();

        /** The transition. */
        Plan.Sampler sampler();

        /** Number of chains. */
        int chains();

        /** Iterations thrown away. */
        int warmup();

        /** Iterations a draw. */
        int thin();

        /** Temperatures of parallel tempering. */
        int temperatures();

        /** The highest of them. */
        double hottest();

        /** The target's own seed, or empty for the run's. */
        OptionalLong seed();
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
        return sampled(model(options, context), options, context);
    }

    /** A target whose rows come from chains. */
    static Target sampled(BoltzmannModel model, Reference options, RunContext context) {
        long rows = (long) options.rows() + options.heldout();
        int draws = (int) ((rows + options.chains() - 1) / options.chains());
        Plan plan = new Plan(
                options.sampler(),
                options.chains(),
                options.warmup(),
                draws,
                options.thin(),
                options.temperatures(),
                options.hottest());
        return new Sampled(model, plan, options, context);
    }

    private static final class Sampled implements Target {
        private final BoltzmannModel model;
        private final Plan plan;
        private final Reference options;
        private final RunContext context;
        private final Dataset train;
        private final Optional<Dataset> heldout;
        private Chains chains;

        Sampled(BoltzmannModel model, Plan plan, Reference options, RunContext context) {
            this.model = model;
            this.plan = plan;
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
                chains = Chains.run(model, plan, context.random(Purpose.CHAINS, options.seed()), context);
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
