package org.eigendrift.targets;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/**
 * A kind of target that is an exact law: subclasses say which law their options mean.
 *
 * @param <O> options record
 */
public abstract class KnownLawProvider<O extends Record & KnownLawProvider.Rows> implements TargetProvider<O> {
    private final String name;
    private final String summary;
    private final MethodHandles.Lookup lookup;
    private final Class<O> type;
    private volatile OptionSchema<O> schema;

    /** The options that all such targets share. */
    public interface Rows {
        /**
         * Training rows.
         *
         * @return at least 1
         */
        int rows();

        /**
         * Held-out rows.
         *
         * @return 0 for none
         */
        int heldout();

        /**
         * Seed of the rows.
         *
         * @return the target's own seed, or empty for the run's
         */
        OptionalLong seed();
    }

    /**
     * Creates the provider.
     *
     * @param name its name
     * @param summary what it is
     * @param lookup access to the options record
     * @param type options record
     */
    protected KnownLawProvider(String name, String summary, MethodHandles.Lookup lookup, Class<O> type) {
        this.name = name;
        this.summary = summary;
        this.lookup = lookup;
        this.type = type;
    }

    /**
     * The law that options mean.
     *
     * @param options validated options
     * @param context gives the run's seed, for laws with random parameters
     * @return the law
     */
    protected abstract KnownLaw law(O options, RunContext context);

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
    public final Target create(O options, RunContext context) {
        return GeneratedTarget.of(law(options, context), options.rows(), options.heldout(), options.seed(), context);
    }
}
