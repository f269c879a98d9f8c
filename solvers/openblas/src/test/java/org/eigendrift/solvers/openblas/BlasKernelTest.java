package org.eigendrift.solvers.openblas;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.ProductKernelContract;
import org.junit.jupiter.api.Test;

/** Skipped where the library cannot be loaded. */
class BlasKernelTest extends ProductKernelContract {
    private static final BlasKernelProvider PROVIDER = new BlasKernelProvider();

    @Override
    protected ProductKernel kernel() {
        try {
            return new Chosen<>(PROVIDER, PROVIDER.options().defaults()).create(RunContext.quiet(1));
        } catch (InputException e) {
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }

    @Test
    void itSaysThatItsLastDigitsDiffer() {
        assertFalse(kernel().exact());
    }
}
