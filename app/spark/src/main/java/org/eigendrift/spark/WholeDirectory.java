package org.eigendrift.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.InputException;

/**
 * A directory of rows that is never half-written: it has its name once all is there.
 *
 * @param place a path or URI, whose ending tells the format
 */
record WholeDirectory(String place) {

    WholeDirectory {
        String name = place.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
            throw new InputException("--out: " + place + ": Spark writes directories that end in .parquet or .csv");
        }
    }

    /**
     * Checks, before any work is done, that nothing is in the way.
     *
     * @throws InputException if something is there
     */
    void check(SparkSession spark) {
        Path path = new Path(place);
        try {
            if (files(spark, path).exists(path)) {
                throw new InputException("--out: " + place + " is there already; remove it, or name another");
            }
        } catch (IOException e) {
            throw new InputException("--out: " + place + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static FileSystem files(SparkSession spark, Path path) throws IOException {
        return path.getFileSystem(spark.sessionState().newHadoopConf());
    }

    /**
     * Writes rows.
     *
     * @param rows the rows
     * @param job what Spark's own pages call it
     */
    void write(Dataset<Row> rows, String job) {
        SparkSession spark = rows.sparkSession();
        Path path = new Path(place);
        Path part = new Path(path.getParent(), ".part-" + UUID.randomUUID());
        try {
            FileSystem files = files(spark, path);
            try {
                Stage.named(spark.sparkContext(), job, () -> {
                    if (place.toLowerCase(Locale.ROOT).endsWith(".csv")) {
                        rows.write().option("header", true).csv(part.toString());
                    } else {
                        rows.write().parquet(part.toString());
                    }
                    return part;
                });
                if (!files.rename(part, path)) {
                    throw new IOException("the directory could not be given its name");
                }
            } finally {
                files.delete(part, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
