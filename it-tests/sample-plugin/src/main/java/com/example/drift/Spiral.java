package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/** Points along a spiral. Row n depends on the seed and on n alone, so each reading gives the same rows. */
public final class Spiral implements TargetProvider<Spiral.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Drawn once at random: no other use of random numbers has it. */
    private static final long PURPOSE = 0x51c2_9e0b_7d44_a3f6L;

    /**
     * Options.
     *
     * @param rows rows to fit
     * @param heldout rows kept apart
     * @param noise standard deviation across the spiral
     */
    public record Options(
            @Option(doc = "Rows to fit", value = "2000", min = 2)
            int rows,

            @Option(doc = "Rows kept apart", value = "500", min = 0)
            int heldout,

            @Option(doc = "Standard deviation across the spiral", value = "0.05", min = 0)
            double noise) {}

    /** Creates the provider. */
    public Spiral() {}

    @Override
    public String name() {
        return "spiral";
    }

    @Override
    public String summary() {
        return "points along a spiral in the plane";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Target create(Options options, RunContext run) {
        CounterRandom random = run.random(PURPOSE);
        Dataset train = InMemory.of(rows(random, 0, options.rows(), options.noise()));
        Optional<Dataset> heldout = Optional.of(options.heldout())
                .filter(count -> count > 0)
                .map(count -> InMemory.of(rows(random, options.rows(), count, options.noise())));
        return new Target() {
            @Override
            public Dataset train() {
                return train;
            }

            @Override
            public Optional<Dataset> heldout() {
                return heldout;
            }
        };
    }

    private static Points rows(CounterRandom random, int first, int count, double noise) {
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double turn = 3 * Math.PI * Math.sqrt(random.uniform(first + n, 0));
            double radius = turn / (3 * Math.PI) + noise * random.normal(first + n, 1);
            rows.set(0, n, radius * Math.cos(turn));
            rows.set(1, n, radius * Math.sin(turn));
        }
        return rows;
    }
}
