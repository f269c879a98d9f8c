package org.eigendrift.bases.frame;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** Small tables for tests. */
final class Tables {
    private Tables() {}

    /** Independent columns: normal with mean 3 where real, exponential where positive, uniform within bounds. */
    static Dataset random(List<Column> columns, int rows) {
        CounterRandom random = new CounterRandom(11);
        Points points = Points.zeros(columns.size(), rows);
        for (int i = 0; i < columns.size(); i++) {
            for (int n = 0; n < rows; n++) {
                points.set(i, n, draw(columns.get(i), random.normal(n, i), random.uniform(n, i)));
            }
        }
        return new InMemory(columns, points);
    }

    private static double draw(Column column, double normal, double uniform) {
        return switch (column.kind()) {
            case REAL -> 3 + 2 * normal;
            case POSITIVE -> -10 * Math.log(uniform);
            default -> column.lower() + uniform * (column.upper() - column.lower());
        };
    }
}
