package org.eigendrift.solvers.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.module.ModuleFinder;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.ProductKernelContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bits of the portable kernel. Skipped where the Java machine has no vector API. */
class VectorKernelTest extends ProductKernelContract {
    private static final VectorKernelProvider PROVIDER = new VectorKernelProvider();

    /** Where the module is there, a kernel that does not load it is a fault. */
    @BeforeEach
    void hasVectors() {
        assumeTrue(ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent(), "this Java has no vector API");
    }

    @Override
    protected ProductKernel kernel() {
        return new Chosen<>(PROVIDER, PROVIDER.options().defaults()).create(RunContext.quiet(1));
    }

    @Test
    void itSaysThatItIsExact() {
        assertTrue(kernel().exact());
    }
}
