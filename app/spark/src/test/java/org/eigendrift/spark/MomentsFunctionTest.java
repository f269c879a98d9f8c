package org.eigendrift.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The SQL aggregate beside sums of decimals, which are exact. */
class MomentsFunctionTest {
    private static final int ROWS = 3_000;

    private static SparkSession spark;
    private static Points rows;
    private static Dataset<Row> table;

    @BeforeAll
    static void start() {
        spark = Sessions.local();
        MomentsFunction.register(spark);
        rows = Tables.rows(ROWS);
        for (int n = 0; n < ROWS; n++) {
            // A mean far above the spread, and a column of many scales.
            rows.set(0, n, rows.get(0, n) * 1e-3 + 1e9);
            rows.set(2, n, rows.get(2, n) * Math.scalb(1.0, n % 41 - 20));
        }
        table = Tables.table(spark, rows);
    }

    private static BigDecimal exact(int i, int j) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 0; n < ROWS; n++) {
            sum = sum.add(
                    new BigDecimal(rows.get(i, n)).multiply(j < 0 ? BigDecimal.ONE : new BigDecimal(rows.get(j, n))));
        }
        return sum;
    }

    private static Row moments(Dataset<Row> of, String columns) {
        of.createOrReplaceTempView("rows");
        return spark.sql("SELECT m.rows, m.mean, m.covariance FROM (SELECT eigendrift_moments(" + columns
                        + ") m FROM rows)")
                .first();
    }

    @Test
    void itIsTheExactMeanAndCovarianceWhateverThePartitions() {
        Row found = moments(table.repartition(7), "x, y, z");
        assertEquals((long) ROWS, found.getLong(0));
        List<Double> mean = found.getList(1);
        BigDecimal count = BigDecimal.valueOf(ROWS);
        for (int i = 0; i < 3; i++) {
            assertEquals(exact(i, -1).divide(count, MathContext.DECIMAL128).doubleValue(), mean.get(i));
            for (int j = 0; j < 3; j++) {
                double expected = exact(i, j)
                        .multiply(count)
                        .subtract(exact(i, -1).multiply(exact(j, -1)))
                        .divide(count.multiply(count), new MathContext(60))
                        .doubleValue();
                List<scala.collection.Seq<Double>> covariance = found.getList(2);
                assertEquals(expected, (double) covariance.get(i).apply(j));
            }
        }
        for (Dataset<Row> other : List.of(
                table.coalesce(1), table.orderBy(functions.desc("z")), table.repartition(3, functions.col("y")))) {
            assertEquals(found, moments(other, "x, y, z"));
        }
    }

    @Test
    void itGroupsAndLeavesOutGapsAsSqlAggregatesDo() {
        table.withColumn("even", functions.expr("id % 2 = 0"))
                .withColumn("y", functions.expr("if(id < 10, null, y)"))
                .createOrReplaceTempView("grouped");
        List<Row> groups = spark.sql(
                        "SELECT even, eigendrift_moments(y, id).rows FROM grouped GROUP BY even ORDER BY even")
                .collectAsList();
        assertEquals(
                List.of(ROWS / 2 - 5L, ROWS / 2 - 5L),
                groups.stream().map(row -> row.getLong(1)).toList());
        Row none = moments(table.filter("false"), "x, y");
        assertEquals(0, none.getLong(0));
        assertNull(none.get(1));
    }

    @Test
    void anInfiniteCellIsRefused() {
        Exception refused = assertThrows(
                Exception.class,
                () -> moments(spark.range(3).selectExpr("if(id = 1, double('-Infinity'), 1.0) x"), "x"));
        assertEquals(
                "eigendrift_moments: found the cell -Infinity, expected finite numbers",
                Main.refusal(refused).orElseThrow().getMessage());
    }

    /** Against exact decimals: any doubles, of any exponents, in any halves. */
    @Test
    void wideSumsAreExact() {
        CounterRandom random = new CounterRandom(3);
        for (int trial = 0; trial < 200; trial++) {
            WideSums one = new WideSums(2);
            WideSums other = new WideSums(2);
            BigDecimal sum = BigDecimal.ZERO;
            for (int n = 0; n < 40; n++) {
                double value = Double.longBitsToDouble(random.bits(trial, n));
                if (Double.isFinite(value)) {
                    (n % 2 == 0 ? one : other).expect(1);
                    (n % 2 == 0 ? one : other).add(1, value);
                    sum = sum.add(new BigDecimal(value));
                }
            }
            for (double value : new double[] {Double.MIN_VALUE, -Double.MAX_VALUE, -0.0, Double.MIN_NORMAL}) {
                one.expect(1);
                one.add(1, value);
                sum = sum.add(new BigDecimal(value));
            }
            one.add(other);
            assertEquals(0, sum.compareTo(one.get(1)), "trial " + trial);
            assertTrue(one.get(0).signum() == 0);
        }
    }
}
