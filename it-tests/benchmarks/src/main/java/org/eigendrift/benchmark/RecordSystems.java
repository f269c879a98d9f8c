package org.eigendrift.benchmark;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.linear.BlockSymmetric;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Writes linear systems of real fits, for the tests of solvers: a full tensor basis (dense) and clusters along a chain
 * (blocks), each at the horizon, in the middle and at the earliest time with the fit's ridge, and there without ridge.
 * Argument: the directory. The format is described beside the files.
 */
public final class RecordSystems {
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final RunContext RUN = RunContext.quiet(1);

    private RecordSystems() {}

    /**
     * Fits and writes.
     *
     * @param arguments as above
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        record(directory, "tensor", twoMoons(), Map.of("basis", Map.of("family", "cosine", "degree", 8)));
        record(
                directory,
                "chain",
                new Toys(16, 4000),
                Map.of(
                        "basis",
                        Map.of(
                                "family",
                                "mean-field",
                                "degree",
                                4,
                                "clusters",
                                Map.of("select", "lattice", "range", 1, "cut", "none"))));
    }

    private static Dataset twoMoons() {
        TargetProvider<?> provider = (TargetProvider<?>) CATALOG.find(TargetProvider.class, "two-moons");
        return train(provider);
    }

    private static <O extends Record> Dataset train(TargetProvider<O> provider) {
        return provider.create(provider.options().of(Map.of("rows", 20_000, "heldout", 10)), RUN)
                .train();
    }

    private static void record(Path directory, String name, Dataset rows, Map<String, Object> settings)
            throws IOException {
        FittedModel model = Fit.of(rows, FitSettings.of(settings, CATALOG), CATALOG, RUN);
        List<SolvedTime> solves = model.report().solves();
        int last = solves.size() - 1;
        write(directory.resolve(name + "-horizon.bin.gz"), system(model, solves.get(0), true));
        write(directory.resolve(name + "-middle.bin.gz"), system(model, solves.get(last / 2), true));
        write(directory.resolve(name + "-earliest.bin.gz"), system(model, solves.get(last), true));
        write(directory.resolve(name + "-earliest-no-ridge.bin.gz"), system(model, solves.get(last), false));
    }

    private static LinearSystem system(FittedModel model, SolvedTime solve, boolean ridge) {
        Assembler assembler = new Assembler(model.table().layout(), model.basis());
        double[] means = model.table().means();
        double[] functionMeans = model.table().functionMeans(model.basis());
        return assembler.system(means, functionMeans, solve.time(), ridge ? solve.ridge() : 0);
    }

    private static void write(Path file, LinearSystem system) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            SymmetricMatrix matrix = (SymmetricMatrix) system.matrix();
            out.writeDouble(system.time());
            out.writeDouble(system.shift());
            out.writeInt(matrix.size());
            for (double value : system.rhs()) {
                out.writeDouble(value);
            }
            if (matrix instanceof BlockSymmetric blocks) {
                write(out, blocks);
            } else {
                write(out, (DenseSymmetric) matrix);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: t = %.4g, ridge %.2g, %d unknowns, %d bytes%n",
                file.getFileName(),
                system.time(),
                system.shift(),
                system.rhs().length,
                Files.size(file));
    }

    private static void write(DataOutputStream out, DenseSymmetric matrix) throws IOException {
        out.writeInt(0);
        for (int i = 0; i < matrix.size(); i++) {
            for (int j = 0; j <= i; j++) {
                out.writeDouble(matrix.get(i, j));
            }
        }
    }

    private static void write(DataOutputStream out, BlockSymmetric matrix) throws IOException {
        out.writeInt(matrix.blocks());
        for (int i = 0; i <= matrix.blocks(); i++) {
            out.writeInt(matrix.blockStart(i));
            out.writeInt(matrix.rowStart(i));
        }
        for (int k = 0; k < matrix.rowStart(matrix.blocks()); k++) {
            out.writeInt(matrix.column(k));
        }
        for (int k = 0; k < matrix.rowStart(matrix.blocks()); k++) {
            for (double value : matrix.entries(k)) {
                out.writeDouble(value);
            }
        }
    }
}
