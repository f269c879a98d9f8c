package org.eigendrift.solvers.kernel;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.ProductKernels;
import org.eigendrift.api.plugin.OptionSchema;

/** The kernel that runs on every machine. */
public final class PortableKernelProvider implements ProductKernelProvider<PortableKernelProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public PortableKernelProvider() {}

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public String summary() {
        return "plain loops that the just-in-time compiler turns into vector instructions";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public ProductKernel create(Options options, RunContext context) {
        return ProductKernels.PORTABLE;
    }
}
