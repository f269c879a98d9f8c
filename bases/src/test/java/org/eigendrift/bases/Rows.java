package org.eigendrift.bases;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;

/** Small data sets for tests. */
public final class Rows {
    private Rows() {}

    /** One column with given values. */
    public static Dataset of(Column column, double... values) {
        return new InMemory(List.of(column), Points.wrap(1, values.length, values));
    }

    /** One column of a function of standard normal numbers. */
    public static Dataset normal(Column column, int rows, DoubleUnaryOperator map) {
        CounterRandom random = new CounterRandom(7);
        double[] values = new double[rows];
        for (int n = 0; n < rows; n++) {
            values[n] = map.applyAsDouble(random.normal(n, 0));
        }
        return of(column, values);
    }
}
