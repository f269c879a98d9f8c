package org.eigendrift.targets.mcmc;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/** The coordinates of a model that are angles. */
final class Circles {
    private final List<Column> columns;
    private final boolean any;

    Circles(List<Column> columns) {
        this.columns = columns;
        this.any = columns.stream().anyMatch(c -> c.kind() == Column.Kind.ANGLE);
    }

    /** Whether there is an angle. */
    boolean any() {
        return any;
    }

    /** Brings angles back into their period; elsewhere changes nothing. */
    void confine(Points x) {
        for (int i = 0; any && i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column.kind() == Column.Kind.ANGLE) {
                for (int n = 0; n < x.size(); n++) {
                    x.set(i, n, wrap(column, x.get(i, n)));
                }
            }
        }
    }

    private static double wrap(Column column, double value) {
        if (value >= column.lower() && value < column.upper()) {
            return value;
        }
        double turn = column.upper() - column.lower();
        double wrapped = value - turn * Math.floor((value - column.lower()) / turn);
        // Rounding can carry a value just below the beginning to the end, which is the same place.
        return wrapped >= column.lower() && wrapped < column.upper() ? wrapped : column.lower();
    }
}
