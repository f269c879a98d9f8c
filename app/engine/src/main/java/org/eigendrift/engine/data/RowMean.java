package org.eigendrift.engine.data;

import java.util.function.Function;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.engine.moment.SumPass;

/** Means over the rows of a data set, read in chunks and summed in their order. */
public final class RowMean {
    private RowMean() {}

    /**
     * The mean of a number a row.
     *
     * @param data the rows
     * @param values gives one number for each row of a batch, which it does not modify
     * @return the mean; NaN if there is no row
     */
    public static double of(Dataset data, Function<Points, double[]> values) {
        double sum = 0;
        long rows = 0;
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(data.dim(), SumPass.CHUNK);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                for (double value : values.apply(count == buffer.size() ? buffer : buffer.slice(0, count))) {
                    sum += value;
                }
                rows += count;
            }
        }
        return sum / rows;
    }
}
