package org.eigendrift.samplers.operator;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** A matrix, in the configuration or from a file of one row a line. */
public final class Matrix implements OperatorProvider<Matrix.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Matrix() {}

    /**
     * The options.
     *
     * @param rows rows
     * @param file file
     */
    public record Options(
            @Option(doc = "the rows of the matrix, as many numbers in each as there are columns", value = "[]")
            List<List<Double>> rows,

            @Option(doc = "a text file instead, a row a line, numbers parted by commas or blanks", value = "none")
            Optional<Path> file) {}

    @Override
    public String name() {
        return "matrix";
    }

    @Override
    public String summary() {
        return "a matrix, given or from a file";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        if (options.rows.isEmpty() == options.file.isEmpty()) {
            throw new InputException("matrix: expected either rows or a file");
        }
        List<double[]> rows = new ArrayList<>();
        options.rows.forEach(
                r -> rows.add(r.stream().mapToDouble(Double::doubleValue).toArray()));
        options.file.ifPresent(f -> rows.addAll(read(f)));
        for (int j = 0; j < rows.size(); j++) {
            check(j, rows.get(j), columns.size());
        }
        return RowsOperator.of(columns.size(), rows);
    }

    private static void check(int row, double[] entries, int columns) {
        Address where = Address.of("matrix").at("row", row + 1);
        if (entries.length != columns) {
            throw InputException.at(
                    where,
                    "found " + entries.length + " numbers, expected " + columns + ", one for each column of the data");
        }
        boolean zero = true;
        for (double entry : entries) {
            if (!Double.isFinite(entry)) {
                throw InputException.at(where, "found " + entry + ", expected finite numbers");
            }
            zero &= entry == 0;
        }
        if (zero) {
            throw InputException.at(where, "all zero, so that nothing is observed");
        }
    }

    private static List<double[]> read(Path file) {
        List<double[]> rows = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (!line.isBlank()) {
                    String[] cells = line.strip().split("\\s*,\\s*|\\s+");
                    double[] row = new double[cells.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = Double.parseDouble(cells[i]);
                    }
                    rows.add(row);
                }
            }
        } catch (NoSuchFileException e) {
            throw new InputException("matrix.file: " + file + ": there is no such file", e);
        } catch (CharacterCodingException e) {
            throw new InputException("matrix.file: " + file + ": not a text in UTF-8", e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
            throw new InputException("matrix.file: " + file + ": cannot be read: " + reason, e);
        } catch (NumberFormatException e) {
            throw new InputException("matrix.file: " + file + ": row " + (rows.size() + 1) + ": " + e.getMessage(), e);
        }
        return rows;
    }
}
