package org.eigendrift.solvers.openblas;

import java.lang.invoke.MethodHandles;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.plugin.OptionSchema;

/** Products of matrices by OpenBLAS (dgemm), each on one thread. */
public final class BlasKernelProvider implements ProductKernelProvider<BlasKernelProvider.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** No options. */
    public record Options() {}

    /** Creates the provider; the library is loaded with the kernel. */
    public BlasKernelProvider() {}

    @Override
    public String name() {
        return "blas";
    }

    @Override
    public String summary() {
        return "products of large matrices by OpenBLAS, native code; last digits depend on the processor";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public ProductKernel create(Options options, RunContext context) {
        try {
            return BlasKernel.load();
        } catch (LinkageError e) {
            throw new InputException("kernel 'blas' " + LapackCholesky.unloadable("kernel 'portable'"), e);
        }
    }
}
