package org.eigendrift.engine.law.gibbs;

import java.util.List;
import java.util.function.UnaryOperator;
import org.eigendrift.api.law.Additive;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.moment.MomentTable;

/**
 * What a Gibbs density and the flow beside it know of their rows.
 *
 * @param flow of the flow
 * @param table the sums of A(0); shared, not to be modified
 * @param seen gives a density the ranges of the rows
 */
record GibbsStatistic(Additive.Statistic flow, MomentTable table, UnaryOperator<GibbsModel> seen)
        implements Additive.Statistic {

    @Override
    public GibbsStatistic plus(List<? extends Additive.Statistic> others) {
        MomentTable sum = table.copy();
        UnaryOperator<GibbsModel> all = seen;
        for (Additive.Statistic other : others) {
            sum.add(((GibbsStatistic) other).table);
            UnaryOperator<GibbsModel> before = all;
            all = model -> ((GibbsStatistic) other).seen.apply(before.apply(model));
        }
        List<Additive.Statistic> flows =
                others.stream().map(other -> ((GibbsStatistic) other).flow).toList();
        return new GibbsStatistic(flow.plus(flows), sum, all);
    }

    @Override
    public GibbsStatistic minus(Additive.Statistic part) {
        GibbsStatistic taken = (GibbsStatistic) part;
        Additive.Statistic rest = flow.minus(taken.flow);
        MomentTable difference = table.copy();
        difference.subtract(taken.table);
        return new GibbsStatistic(rest, difference, UnaryOperator.identity());
    }
}
