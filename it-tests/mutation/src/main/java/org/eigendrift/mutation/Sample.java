package org.eigendrift.mutation;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32;
import org.pitest.bytecode.analysis.ClassTree;
import org.pitest.mutationtest.build.InterceptorParameters;
import org.pitest.mutationtest.build.InterceptorType;
import org.pitest.mutationtest.build.MutationInterceptor;
import org.pitest.mutationtest.build.MutationInterceptorFactory;
import org.pitest.mutationtest.engine.Mutater;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.plugin.Feature;
import org.pitest.plugin.FeatureParameter;

/**
 * Lets one in so many changes pass: {@code +SAMPLE(one_in[40] seed[1])}. Whether a change is taken hangs on its own name and the seed
 * alone, so that the same code gives the same sample, whatever else is measured with it, and every change is as likely to be in it.
 */
public final class Sample implements MutationInterceptorFactory {
    private static final FeatureParameter ONE_IN = FeatureParameter.named("one_in");
    private static final FeatureParameter SEED = FeatureParameter.named("seed");

    /** Called by {@code ServiceLoader}. */
    public Sample() {}

    @Override
    public String description() {
        return "A random sample of the changes";
    }

    @Override
    public Feature provides() {
        return Feature.named("SAMPLE")
                .withDescription(description())
                .withParameter(ONE_IN)
                .withParameter(SEED);
    }

    @Override
    public MutationInterceptor createInterceptor(InterceptorParameters parameters) {
        int oneIn = parameters.getInteger(ONE_IN).orElse(1);
        int seed = parameters.getInteger(SEED).orElse(1);
        return new MutationInterceptor() {
            @Override
            public InterceptorType type() {
                return InterceptorType.FILTER;
            }

            @Override
            public void begin(ClassTree ofClass) {}

            @Override
            public Collection<MutationDetails> intercept(Collection<MutationDetails> changes, Mutater mutater) {
                return changes.stream()
                        .filter(change -> taken(change, oneIn, seed))
                        .toList();
            }

            @Override
            public void end() {}
        };
    }

    private static boolean taken(MutationDetails change, int oneIn, int seed) {
        CRC32 hash = new CRC32();
        for (Object part : List.of(seed, change.getId())) {
            hash.update(part.toString().getBytes(StandardCharsets.UTF_8));
        }
        return hash.getValue() % oneIn == 0;
    }
}
