package org.eigendrift.engine.flow;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * Draws folded at the ends of what was seen of their columns ({@link Column#observed}), as if the diffusion were reflected there:
 * a smooth law has mass beyond its rows, and a table of ages has none below 0.
 *
 * <p>A number that is rounded when it is written is reflected half a step beyond the last that was seen, so that it is written as
 * that. What would come back beyond the middle of what was seen, as one draw of heavy tails may, becomes the end.
 */
final class Fold {
    private Fold() {}

    /**
     * Folds rows.
     *
     * @param columns their columns
     * @param rows rows; modified
     */
    static void rows(List<Column> columns, Points rows) {
        for (int i = 0; i < rows.dim(); i++) {
            Column column = columns.get(i);
            for (int n = 0; n < rows.size(); n++) {
                double value = rows.get(i, n);
                if (!column.observes(value)) {
                    rows.set(i, n, folded(column, value));
                }
            }
        }
    }

    private static double folded(Column column, double value) {
        Column.Span span = column.observed();
        double end = span.nearest(value);
        double mirror = end + Math.copySign(column.step() / 2, value - end);
        double image = mirror - (value - mirror);
        double middle = span.lower() / 2 + span.upper() / 2;
        // Without the second condition a tie may be written beyond the end.
        boolean near = value > end ? image >= middle : image <= middle;
        return near && column.observes(image) ? image : end;
    }
}
