package org.eigendrift.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;

/** Rows for tests, here and on Spark. */
final class Tables {
    static final List<String> NAMES = List.of("x", "y", "z");

    private Tables() {}

    /** Bent, so that pairs of columns matter, with an order of their own. */
    static Points rows(int count) {
        CounterRandom random = new CounterRandom(11);
        Points rows = Points.zeros(3, count);
        for (int n = 0; n < count; n++) {
            double x = random.normal(0, n);
            rows.set(0, n, x);
            rows.set(1, n, x * x + 0.3 * random.normal(1, n));
            rows.set(2, n, Math.exp(0.5 * random.normal(2, n)) + 0.2 * x);
        }
        return rows;
    }

    /** The rows with their numbers. */
    static Dataset<Row> table(SparkSession spark, Points rows) {
        List<Row> list = new ArrayList<>();
        for (int n = 0; n < rows.size(); n++) {
            list.add(RowFactory.create((long) n, rows.get(0, n), rows.get(1, n), rows.get(2, n)));
        }
        StructType schema = new StructType().add("id", DataTypes.LongType);
        for (String name : NAMES) {
            schema = schema.add(name, DataTypes.DoubleType);
        }
        return spark.createDataFrame(list, schema);
    }

    /** The same rows on one machine. */
    static InMemory alike(Points rows) {
        return new InMemory(NAMES.stream().map(Column::real).toList(), rows);
    }
}
