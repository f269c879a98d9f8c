package org.eigendrift.metrics.xgboost;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/**
 * Columns as what trees split: numbers by a threshold, categories by sets of them, gaps as missing. Trees see only the order of
 * numbers, which are taken from a common origin so that single precision keeps it for days and moments too.
 */
final class Features {
    private final int[] coordinates;
    private final String[] types;
    private final double[] origins;

    /**
     * The features of some columns.
     *
     * @param columns all columns
     * @param without number of a column that is no feature, or -1
     * @param rows rows that give the origins; only read
     */
    Features(List<Column> columns, int without, Points rows) {
        this.coordinates =
                IntStream.range(0, columns.size()).filter(i -> i != without).toArray();
        this.types = IntStream.of(coordinates)
                .mapToObj(i -> columns.get(i).kind() == Column.Kind.CATEGORY ? "c" : "q")
                .toArray(String[]::new);
        this.origins = IntStream.of(coordinates)
                .mapToDouble(i -> types[index(i)].equals("c") ? 0 : least(rows.column(i)))
                .toArray();
    }

    private int index(int coordinate) {
        return Arrays.binarySearch(coordinates, coordinate);
    }

    private static double least(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    }

    int count() {
        return coordinates.length;
    }

    /** The types as XGBoost calls them; shared, not to be modified. */
    String[] types() {
        return types;
    }

    /** The features of rows, one row after the other. */
    float[] of(Points rows) {
        float[] out = new float[rows.size() * coordinates.length];
        for (int n = 0; n < rows.size(); n++) {
            for (int k = 0; k < coordinates.length; k++) {
                out[n * coordinates.length + k] = (float) (rows.get(coordinates[k], n) - origins[k]);
            }
        }
        return out;
    }
}
