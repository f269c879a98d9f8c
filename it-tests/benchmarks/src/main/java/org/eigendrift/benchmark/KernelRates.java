package org.eigendrift.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.ProductKernels;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentPass;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumPass;

/**
 * Floating-point operations a second of one thread for every kernel there is, and as a share of this machine's peak: OpenBLAS's product
 * of two matrices of order 1,000 where the kernel {@code blas} is there, else the fastest product measured. All take turns, and the best turn
 * of each counts: whatever else runs makes turns slower, never faster.
 */
public final class KernelRates {
    private static final int ROUNDS = Integer.getInteger("rounds", 7);

    /** A turn repeats work until it has so many operations, so that the clock is fine enough. */
    private static final double LEAST = 4e8;

    private final Map<String, ProductKernel> kernels = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> best = new LinkedHashMap<>();

    private KernelRates() {
        Catalog catalog = Catalog.discover(List.of());
        for (Provider<?, ?, ?> provider : catalog.all(ProductKernelProvider.KIND)) {
            try {
                kernels.put(
                        provider.name(),
                        catalog.create(ProductKernelProvider.KIND, provider.name(), Map.of(), RunContext.quiet(1)));
            } catch (InputException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /**
     * Measures.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        KernelRates rates = new KernelRates();
        for (int round = 0; round < ROUNDS; round++) {
            rates.products();
            rates.factor(1296);
            rates.moments("moments, 24 columns in pairs, degree 8", pairs(24, 8), SumPass.CHUNK);
            rates.moments("moments, 2 columns, degree 27", pairs(2, 27), SumPass.CHUNK);
        }
        rates.print();
    }

    private void products() {
        for (int[] shape : new int[][] {{1000, 1000, 1000}, {16, 128, 1024}, {36, 36, 256}, {9, 9, 256}}) {
            int m = shape[0];
            int k = shape[1];
            int n = shape[2];
            SplittableRandom random = new SplittableRandom(3);
            double[] a = random.doubles((long) m * k).toArray();
            double[] b = random.doubles((long) k * n).toArray();
            double[] c = new double[m * n];
            kernels.forEach((name, kernel) -> turn(
                    "product " + m + " x " + k + " x " + n,
                    name,
                    2.0 * m * k * n,
                    () -> kernel.multiplyAdd(m, k, n, a, 0, k, b, 0, n, c, 0, n)));
        }
    }

    /** By the project's own factorisation, whose products are the kernel's. */
    private void factor(int n) {
        double[] values = new double[n * n];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                values[i * n + j] = i == j ? n : random.nextDouble();
                values[j * n + i] = values[i * n + j];
            }
        }
        LinearSystem system = new LinearSystem(new DenseSymmetric(n, values), 0, new double[n], 1);
        Catalog catalog = Catalog.discover(List.of());
        kernels.forEach((name, kernel) -> {
            ProductKernels.use(kernel);
            var solver = catalog.create(SolverProvider.KIND, "cholesky", Map.of(), RunContext.quiet(1));
            turn("Cholesky of order " + n, name, n * (double) n * n / 3, () -> solver.solve(system, null));
        });
    }

    private static ProductBasis pairs(int columns, int degree) {
        Catalog catalog = Catalog.discover(List.of());
        List<CoordinateBasis> coordinates = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            Column column = Column.real("x" + i);
            InMemory rows = new InMemory(List.of(column), Points.wrap(1, 2, new double[] {-1, 1}));
            coordinates.add(new CoordinateBasis(catalog.create(
                    BasisFamily.KIND,
                    "hermite",
                    Map.of(),
                    new BasisContext(column, rows, degree, RunContext.quiet(1)))));
        }
        List<Cluster> clusters = new ArrayList<>();
        IntStream.range(0, columns).forEach(i -> clusters.add(Cluster.full(new int[] {i}, new int[] {degree})));
        for (int i = 0; i < columns; i++) {
            for (int j = i + 1; j < columns; j++) {
                clusters.add(Cluster.full(new int[] {i, j}, new int[] {degree, degree}));
            }
        }
        return new ProductBasis(coordinates, clusters);
    }

    /** All the work of a chunk: functions, their products, sums, and the exact sums. Only the sums' operations are counted. */
    private void moments(String work, ProductBasis basis, int rows) {
        MomentLayout layout = new MomentLayout(basis);
        double[] values = new SplittableRandom(7)
                .doubles((long) basis.dim() * rows, -2, 2)
                .toArray();
        Points z = Points.wrap(basis.dim(), rows, values);
        MomentPass pass = new MomentPass(layout);
        MomentTable table = new MomentTable(layout);
        Parallel one = new Parallel(1);
        kernels.forEach((name, kernel) -> {
            ProductKernels.use(kernel);
            turn(work, name, 2.0 * layout.size() * rows, () -> pass.add(z, table, one));
        });
    }

    private void turn(String work, String kernel, double operations, Runnable task) {
        int times = (int) Math.max(1, LEAST / operations);
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            task.run();
        }
        double rate = times * operations / (System.nanoTime() - begin);
        best.computeIfAbsent(work, w -> new LinkedHashMap<>()).merge(kernel, rate, Math::max);
    }

    private void print() {
        Map<String, Double> large = best.values().iterator().next();
        double peak = large.getOrDefault(
                "blas", large.values().stream().mapToDouble(r -> r).max().orElseThrow());
        System.out.printf(Locale.ROOT, "peak %.1f GFLOP/s%n", peak);
        System.out.println("| GFLOP/s, and share of the peak | " + String.join(" | ", kernels.keySet()) + " |");
        best.forEach((work, rates) -> System.out.println("| " + work + " | "
                + String.join(
                        " | ",
                        rates.values().stream()
                                .map(rate -> String.format(Locale.ROOT, "%.1f, %.0f %%", rate, 100 * rate / peak))
                                .toList())
                + " |"));
        System.out.println(Arrays.asList(System.getProperty("java.version"), System.getProperty("os.arch")));
    }
}
