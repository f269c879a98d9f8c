package org.eigendrift.cli.wiring;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.ProductKernels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel that {@code --kernel} names. */
public final class KernelChoice {
    /** Begins with the portable kernel and takes the one of vector instructions where it pays. */
    public static final String AUTO = "auto";

    private static final String VECTOR = "vector";

    /**
     * Products after which vector instructions are taken. To find their classes and compile them takes 0.4 to 1.2 s of processor time, and of
     * large matrices each product then takes half as long (docs/benchmarks.md); the portable kernel takes 2 to 3 s for so many, so that a run
     * of as many again has earned it.
     */
    private static final long LATE = 20_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);

    private KernelChoice() {}

    /**
     * Chooses it for the process.
     *
     * @param name of a kernel, or {@link #AUTO}
     * @param catalog the kernels there are
     * @throws InputException if there is no such kernel, or it cannot run here
     */
    static void use(String name, Catalog catalog) {
        if (name.equals(AUTO)) {
            ProductKernels.use(ProductKernels.later(LATE, () -> vector(catalog)));
            return;
        }
        ProductKernel kernel = created(name, catalog);
        ProductKernels.use(kernel);
        LOG.info("kernel {}{}", name, kernel.exact() ? "" : "; last digits differ from those of kernel portable");
    }

    private static ProductKernel vector(Catalog catalog) {
        try {
            ProductKernel kernel = created(VECTOR, catalog);
            LOG.info("kernel {} after {} products", VECTOR, LATE);
            return kernel;
        } catch (InputException e) {
            LOG.info("kernel portable: {}", e.getMessage());
            return ProductKernels.PORTABLE;
        }
    }

    private static ProductKernel created(String name, Catalog catalog) {
        return catalog.create(ProductKernelProvider.KIND, name, Map.of(), RunContext.quiet(0));
    }
}
