package org.eigendrift.benchmark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.settings.FitSettings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of a fit against its rows: three columns, degree 8, all pairs; linear in rows, flat in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx1g"})
public class MomentRows {
    private static final Map<String, Object> SETTINGS = Map.of(
            "basis",
            Map.of("family", "hermite", "degree", 8, "clusters", Map.of("select", "all")),
            "process",
            Map.of("earliest", 0.05, "times", 20),
            "solver",
            Map.of("type", "cholesky", "ridge", 1e-3));

    /** Rows of a fit. */
    @Param({"100000", "200000", "400000", "800000"})
    public long rows;

    /** For the harness. */
    public MomentRows() {}

    /**
     * Fits.
     *
     * @return the model
     */
    @Benchmark
    public FittedModel fit() {
        Catalog catalog = Catalog.discover(List.of());
        RunContext run = new RunContext(1, 2, Progress.NONE, () -> false);
        return Fit.of(new Toys(3, rows), FitSettings.of(SETTINGS, catalog), catalog, run);
    }
}
