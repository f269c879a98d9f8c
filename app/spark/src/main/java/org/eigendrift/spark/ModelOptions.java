package org.eigendrift.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigendrift.api.InputException;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.config.PluginText;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model, the rows it is asked about, and where answers go. */
final class ModelOptions {
    @Parameters(paramLabel = "MODEL", description = "The model, a file that a fit wrote.")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The rows: a .csv or .parquet file, a directory of Parquet files, or a target's block,"
                    + " '{type: csv, path: rows.csv, missing_codes: [\"-999\"]}'.")
    private String data;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Where the rows go, a directory that is not there yet; the ending chooses the format: .parquet or"
                            + " .csv.")
    private String out;

    EigendriftModel model(Path working) {
        Path file = working.resolve(model);
        try {
            return EigendriftModel.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new InputException(model + ": there is no such file; expected a model", e);
        } catch (IOException e) {
            throw new InputException(model + " cannot be read: " + e.getMessage(), e);
        } catch (InputException e) {
            throw new InputException(model + ": " + e.getMessage(), e);
        }
    }

    WholeDirectory out(Path working) {
        return new WholeDirectory(FileRows.located(out, working));
    }

    /** The rows without what tells their places, once their columns are those of a model. */
    Dataset<Row> rows(SparkSession spark, Path working, EigendriftModel law) {
        List<String> wanted = List.of(law.getOrDefault(law.inputCols()));
        FileRows rows = FileRows.of(
                spark,
                PluginText.bind(TargetProvider.KIND, "--data", block(wanted), working, Plugins.ofJobs()),
                working);
        if (!ModelCells.numbers(law.law().columns())) {
            return rows.texts().drop(FileRows.PLACE);
        }
        try {
            return rows.requireNumbers().data().drop(FileRows.PLACE);
        } catch (InputException e) {
            throw new InputException("--data: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> block(List<String> columns) {
        Map<String, Object> block = new LinkedHashMap<>();
        if (data.strip().startsWith("{")) {
            if (PluginText.value("--data", data) instanceof Map<?, ?> given) {
                given.forEach((key, value) -> block.put(String.valueOf(key), value));
            }
        } else {
            boolean text = data.toLowerCase(java.util.Locale.ROOT).matches(".*\\.(csv|tsv|txt)(\\.gz)?");
            block.put("type", text ? "csv" : "parquet");
            block.put("path", data);
        }
        block.put("columns", columns);
        return block;
    }
}
