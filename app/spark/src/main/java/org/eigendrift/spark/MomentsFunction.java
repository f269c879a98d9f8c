package org.eigendrift.spark;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.package$;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.execution.aggregate.ScalaAggregator;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.eigendrift.api.InputException;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The SQL aggregate {@code eigendrift_moments(column, ...)}: how many rows have no gap in the columns, their means and their
 * covariances. Sums are exact, so the result has the same bits whatever the order, files and partitions of the rows, and each number is
 * the exact one, rounded.
 */
public final class MomentsFunction extends Aggregator<double[], ColumnMoments, Moments> {
    /** Its name in SQL. */
    public static final String NAME = "eigendrift_moments";

    @Serial
    private static final long serialVersionUID = 1;

    private MomentsFunction() {}

    /**
     * Makes the aggregate known to a session.
     *
     * @param spark where SQL may then use it
     */
    public static void register(SparkSession spark) {
        spark.sessionState()
                .functionRegistry()
                .createOrReplaceTempFunction(NAME, columns -> of(spark, columns), "java_udf");
    }

    private static Expression of(SparkSession spark, Seq<Expression> columns) {
        if (columns.isEmpty()) {
            throw new InputException(NAME + ": expected at least one column of numbers, found none");
        }
        List<Expression> cells = new ArrayList<>();
        for (Expression column : CollectionConverters.asJava(columns)) {
            Expression number = new Cast(
                    column,
                    DataTypes.DoubleType,
                    Cast.$lessinit$greater$default$3(),
                    Cast.$lessinit$greater$default$4());
            cells.add(new Coalesce(seq(List.of(number, Literal.create(Double.NaN, DataTypes.DoubleType)))));
        }
        MomentsFunction function = new MomentsFunction();
        return new ScalaAggregator<>(
                seq(List.of(new CreateArray(seq(cells)))),
                function,
                package$.MODULE$.encoderFor(spark.implicits().newDoubleArrayEncoder()),
                package$.MODULE$.encoderFor(function.bufferEncoder()),
                true,
                true,
                0,
                0,
                scala.Option.apply(NAME));
    }

    private static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    @Override
    public ColumnMoments zero() {
        return new ColumnMoments();
    }

    @Override
    public ColumnMoments reduce(ColumnMoments moments, double[] row) {
        moments.add(row);
        return moments;
    }

    @Override
    public ColumnMoments merge(ColumnMoments one, ColumnMoments other) {
        return one.merge(other);
    }

    @Override
    public Moments finish(ColumnMoments moments) {
        return moments.result();
    }

    @Override
    public Encoder<ColumnMoments> bufferEncoder() {
        return Encoders.javaSerialization(ColumnMoments.class);
    }

    @Override
    public Encoder<Moments> outputEncoder() {
        return Encoders.bean(Moments.class);
    }
}
