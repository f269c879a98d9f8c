package org.eigendrift.spark;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.targets.tables.TableOptions;

/** The block of a configuration that the plugin duckdb reads on one machine, for rows that Spark reads. */
final class ParquetTarget implements TargetProvider<ParquetTarget.Options> {

    /**
     * The options. Paths are texts, for they may be URIs.
     *
     * @param path a file or a directory of files
     * @param test held-out rows
     * @param columns columns to read
     * @param rows what is done with rows, and what columns hold
     */
    record Options(
            @Option(doc = "a file, or a directory of files; also a URI such as hdfs://host/rows.parquet")
            String path,

            @Option(doc = "the held-out rows, instead of holdout", value = "none")
            Optional<String> test,

            @Option(doc = "names of the columns to read; [] for all", value = "[]")
            List<String> columns,

            @OptionGroup TableOptions rows) {}

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "rows of Parquet files, read by Spark";
    }

    @Override
    public OptionSchema<Options> options() {
        return OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Target create(Options options, RunContext context) {
        throw new InputException("these rows are read by Spark, not here");
    }
}
