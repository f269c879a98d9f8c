package org.eigendrift.solvers.vector;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.Fused;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** The kernel of the vector API, where the Java machine has it. */
public final class VectorKernelProvider implements ProductKernelProvider<VectorKernelProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider. */
    public VectorKernelProvider() {}

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String summary() {
        return "vector instructions by the JDK's incubating vector API, the bits of portable";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public ProductKernel create(Options options, RunContext context) {
        if (!Fused.instruction()) {
            throw new InputException(
                    "kernel 'vector' needs a processor with fused multiply-adds; kernel 'portable' does" + " without");
        }
        IncubatorModule.load();
        return new VectorKernel();
    }
}
