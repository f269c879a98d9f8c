package org.eigendrift.engine.assembly;

import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;

/** Blocks of A(t) for any t, from moments of products of eigenfunctions. */
final class MomentBlocks implements BlockSource {
    private final MomentLayout layout;
    private final ProductBasis basis;
    private final double[] rates;
    private final double[] scale;
    private final BlockPlan[][] plans;

    MomentBlocks(MomentLayout layout, ProductBasis basis, double[] scale) {
        this.layout = layout;
        this.basis = basis;
        this.rates = new double[basis.size()];
        for (int a = 0; a < rates.length; a++) {
            rates[a] = basis.rate(a);
        }
        this.scale = scale;
        this.plans = new BlockPlan[basis.clusters().size()][];
        for (int u = 0; u < plans.length; u++) {
            plans[u] = new BlockPlan[1 + basis.neighbours(u).length];
        }
    }

    @Override
    public Blocks at(double[] means, double t) {
        double[][] decay = new double[basis.dim()][];
        for (int i = 0; i < basis.dim(); i++) {
            decay[i] = new double[basis.coordinate(i).tableSize()];
            for (int k = 0; k < decay[i].length; k++) {
                decay[i][k] = Math.exp(-basis.coordinate(i).rate(k) * t);
            }
        }
        return (u, k, target) -> plan(u, k).assemble(means, decay, rates, scale, target);
    }

    /** Plans are made when first needed, possibly by two threads at once: equal and immutable, either will do. */
    private BlockPlan plan(int u, int k) {
        BlockPlan plan = plans[u][k];
        if (plan == null) {
            plan = new BlockPlan(layout, basis, u, k == 0 ? u : basis.neighbours(u)[k - 1]);
            plans[u][k] = plan;
        }
        return plan;
    }
}
