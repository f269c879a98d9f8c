package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.moment.ExactSums;

/**
 * What mixtures of regressions follow from.
 *
 * @param rows how many
 * @param sums of each mixture; shared, not to be modified
 * @param kept what is given in some rows
 * @param remark what became of the rows, a line for the report; empty if nothing did
 */
record RegressionSums(long rows, List<ExactSums> sums, Kept kept, String remark) implements Additive.Statistic {

    RegressionSums {
        sums = List.copyOf(sums);
    }

    List<Decision> decisions() {
        return remark.isEmpty() ? List.of() : List.of(Decision.told(remark));
    }

    @Override
    public RegressionSums plus(List<? extends Additive.Statistic> others) {
        List<ExactSums> all = copies();
        Kept both = kept;
        long count = rows;
        for (Additive.Statistic statistic : others) {
            RegressionSums other = (RegressionSums) statistic;
            for (int e = 0; e < all.size(); e++) {
                all.get(e).add(other.sums.get(e));
            }
            both = both.plus(other.kept);
            count += other.rows;
        }
        return new RegressionSums(count, all, both, "merged: " + (others.size() + 1) + " models, " + count + " rows");
    }

    @Override
    public RegressionSums minus(Additive.Statistic part) {
        RegressionSums taken = (RegressionSums) part;
        Kept left = kept.minus(taken.kept);
        if (rows - taken.rows < ConditionalLawProvider.FEWEST || left.rows().length == 0) {
            throw new InputException("cannot take " + taken.rows + " rows from a model of " + rows + ": at least "
                    + ConditionalLawProvider.FEWEST + " must remain");
        }
        List<ExactSums> rest = copies();
        for (int e = 0; e < rest.size(); e++) {
            rest.get(e).subtract(taken.sums.get(e));
        }
        return new RegressionSums(rows - taken.rows, rest, left, "taken back: " + taken.rows + " rows");
    }

    private List<ExactSums> copies() {
        List<ExactSums> copies = new ArrayList<>();
        sums.forEach(own -> copies.add(own.copy()));
        return copies;
    }
}
