package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Additive;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.moment.MomentTable;

/**
 * What a flow knows of its rows: their moments (docs/method.md, 4), and where they were seen.
 *
 * @param table the sums; shared, not to be modified
 * @param ranges for each coordinate where rows were seen
 * @param observed the same for each of the data's columns, as these say it
 * @param remark what became of the rows, a line for the report; empty if nothing did
 */
record FlowStatistic(MomentTable table, List<CoordinateBasis.Range> ranges, List<Column.Span> observed, String remark)
        implements Additive.Statistic {

    FlowStatistic {
        ranges = List.copyOf(ranges);
        observed = List.copyOf(observed);
    }

    List<String> remarks() {
        return remark.isEmpty() ? List.of() : List.of(remark);
    }

    @Override
    public FlowStatistic plus(List<? extends Additive.Statistic> others) {
        MomentTable sum = table.copy();
        List<CoordinateBasis.Range> wider = new ArrayList<>(ranges);
        List<Column.Span> everywhere = new ArrayList<>(observed);
        StringJoiner rows = new StringJoiner(" + ");
        rows.add(Long.toString(sum.rows()));
        for (int m = 0; m < others.size(); m++) {
            FlowStatistic other = (FlowStatistic) others.get(m);
            try {
                sum.add(other.table);
            } catch (ArithmeticException e) {
                throw new InputException("the moment sums of model " + (m + 2) + " overflow when added", e);
            }
            for (int i = 0; i < wider.size(); i++) {
                wider.set(i, wider.get(i).union(other.ranges.get(i)));
            }
            for (int i = 0; i < everywhere.size(); i++) {
                everywhere.set(i, everywhere.get(i).union(other.observed.get(i)));
            }
            rows.add(Long.toString(other.table.rows()));
        }
        return new FlowStatistic(sum, wider, everywhere, "merged: " + rows + " rows");
    }

    @Override
    public FlowStatistic minus(Additive.Statistic part) {
        MomentTable taken = ((FlowStatistic) part).table;
        if (taken.rows() > table.rows() - FittedModel.FEWEST_ROWS) {
            throw new InputException("cannot take " + taken.rows() + " rows from a model of " + table.rows()
                    + ": at least " + FittedModel.FEWEST_ROWS + " must remain");
        }
        MomentTable rest = table.copy();
        try {
            rest.subtract(taken);
        } catch (ArithmeticException e) {
            throw new InputException("the moment sums overflow when subtracted", e);
        }
        return new FlowStatistic(rest, ranges, observed, "taken back: " + taken.rows() + " rows");
    }
}
