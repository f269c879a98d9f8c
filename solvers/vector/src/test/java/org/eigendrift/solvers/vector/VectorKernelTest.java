package org.eigendrift.solvers.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.ProductKernelContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bits of the portable kernel. Skipped where the Java machine has no vector API. */
class VectorKernelTest extends ProductKernelContract {
    private static final VectorKernelProvider PROVIDER = new VectorKernelProvider();

    @BeforeEach
    void loads() {
        assumeTrue(
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                        || Runtime.version().feature() <= 25,
                "this Java has no vector API");
    }

    @Override
    protected ProductKernel kernel() {
        try {
            return new Chosen<>(PROVIDER, PROVIDER.options().defaults()).create(RunContext.quiet(1));
        } catch (InputException e) {
            assumeTrue(e.getMessage().contains("has none"), e.getMessage());
            throw e;
        }
    }

    @Test
    void itSaysThatItIsExact() {
        assertTrue(kernel().exact());
    }
}
