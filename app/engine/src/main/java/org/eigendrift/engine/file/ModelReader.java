package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.check.BasisCheck;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.ExactSums;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.report.SolvedTime;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;

/** Makes a model from its part of a file's metadata and tensors, believing nothing that was not checked. */
final class ModelReader {
    private final SafetensorsReader in;
    private final ProviderLookup providers;
    private final String prefix;
    private final Set<String> used;

    /**
     * Prepares.
     *
     * @param in a file that was verified
     * @param providers finds plugins
     * @param prefix of the names of the model's metadata and tensors
     * @param used receives the names of the tensors that were read
     */
    ModelReader(SafetensorsReader in, ProviderLookup providers, String prefix, Set<String> used) {
        this.in = in;
        this.providers = (kind, name) -> find(providers, kind, name);
        this.prefix = prefix;
        this.used = used;
    }

    /** A plugin that the model needs. */
    static Provider<?, ?, ?> find(ProviderLookup providers, Class<?> kind, String name) {
        try {
            return providers.find(kind, name);
        } catch (InputException e) {
            String label = Catalog.KINDS.stream()
                    .filter(k -> k.provider() == kind)
                    .map(k -> k.label())
                    .findFirst()
                    .orElse(kind.getSimpleName());
            throw new InputException(
                    "the model needs the " + label + " plugin '" + name + "', which is missing; " + e.getMessage(), e);
        }
    }

    FittedModel read(List<Column> columns) throws IOException {
        FitSettings settings = settings();
        FrameChain frames = frames(columns, settings);
        ProductBasis basis = basis(settings, frames);
        TimeGrid grid = grid();
        MomentTable table = table(() -> onGrid() ? new GridLayout(basis, grid.times()) : new MomentLayout(basis));
        ThetaPath path = path(basis, grid);
        JsonNode report = Json.read("report", in.required(prefix + "report"));
        List<SolvedTime> solves = solves(report, grid);
        TimePlan plan = TimePlan.of(grid, solves, path.end());
        return new FittedModel(settings, frames, basis, table, path, plan, report(table, report, solves));
    }

    FitSettings settings() {
        Map<?, ?> config = Json.read("config", in.required(prefix + "config"), Map.class);
        Map<String, Object> blocks = new LinkedHashMap<>();
        config.forEach((key, value) -> blocks.put(String.valueOf(key), value));
        List<Problem> problems = new ArrayList<>();
        FitSettings settings = FitSettings.bind(blocks, Path.of(""), providers, problems::add)
                .orElseThrow(() -> new InputException("its configuration is not valid here: "
                        + String.join(
                                "; ", problems.stream().map(Problem::toString).toList())));
        if (settings.solver().named().isEmpty()) {
            throw new InputException("its configuration leaves the solver to the fit");
        }
        return settings;
    }

    FrameChain frames(List<Column> columns, FitSettings settings) throws IOException {
        List<Chosen<FrameContext, Frame>> chosen = settings.frames()
                .orElseThrow(() -> new InputException("its configuration leaves the frames to the fit"));
        List<Frame> frames = new ArrayList<>();
        for (int f = 0; f < chosen.size(); f++) {
            Chosen<FrameContext, Frame> choice = chosen.get(f);
            List<Column> before = new FrameChain(columns, frames).columns();
            State state = state("frame." + f + ".");
            String what = "frame " + (f + 1) + " (" + choice.name() + ")";
            Frame frame = restoring(what, () -> FrameChain.restore(choice, before, state));
            if (frame.columns().size() != columns.size()) {
                throw new InputException(
                        what + " has " + frame.columns().size() + " coordinates, expected " + columns.size());
            }
            frames.add(frame);
        }
        return new FrameChain(columns, frames);
    }

    private State state(String part) throws IOException {
        return state(in, prefix + part, used);
    }

    /** The tensors under a prefix. */
    static State state(SafetensorsReader in, String prefix, Set<String> used) throws IOException {
        Map<String, double[]> arrays = new TreeMap<>();
        for (String name : in.tensors().tailMap(prefix).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            used.add(name);
            arrays.put(name.substring(prefix.length()), in.doubles(name));
        }
        return State.of(arrays);
    }

    /** Runs code of a plugin, or code that checks numbers, on numbers that may be hostile. */
    static <T> T restoring(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (InputException | NumericalException | IllegalArgumentException | ArithmeticException e) {
            throw new InputException(what + " cannot be restored: " + e.getMessage(), e);
        }
    }

    ProductBasis basis(FitSettings settings, FrameChain frames) throws IOException {
        List<CoordinateBasis> coordinates = new ArrayList<>();
        for (int i = 0; i < frames.dataColumns().size(); i++) {
            String name = frames.dataColumns().get(i).name();
            FamilyChoice choice = settings.basis().columns().get(name);
            if (choice == null || choice.family().isEmpty() || choice.degree().isEmpty()) {
                throw new InputException("its configuration leaves the basis of column '" + name + "' to the fit");
            }
            Chosen<BasisContext, Eigenbasis> family = choice.family().get();
            int degree = choice.degree().getAsInt();
            Column column = frames.columns().get(i);
            CoordinateBasis.Range range = range(i, name, frames.columns().size());
            State state = state("basis." + i + ".");
            coordinates.add(restoring(
                    "the basis of column '" + name + "' (" + family.name() + ")",
                    () -> new CoordinateBasis(
                            restore((BasisFamily<?>) family.provider(), family.options(), column, degree, state),
                            range)));
        }
        ClusterTensors clusters = new ClusterTensors(
                ints("clusters.orders"),
                ints("clusters.coordinates"),
                ints("clusters.degrees"),
                ints("clusters.sizes"),
                ints("clusters.positions"));
        ProductBasis basis = new ProductBasis(coordinates, clusters.clusters(coordinates, sums().shape()[0]));
        String fingerprint = in.metadata().get(prefix + Fingerprint.KEY);
        if (fingerprint != null) {
            Fingerprint.check(fingerprint, frames, basis);
        }
        return basis;
    }

    /** Where a coordinate's rows were seen: a finite range, or everywhere. */
    private CoordinateBasis.Range range(int i, String column, int dim) throws IOException {
        Tensor tensor = tensor("ranges", Dtype.F64);
        if (tensor.shape()[0] != dim || tensor.shape()[1] != 2) {
            throw new InputException(
                    "tensor '" + tensor.name() + "' is " + tensor.show() + ", expected F64 [" + dim + ", 2]");
        }
        double[] ends = in.doubles(tensor, 2 * i, 2);
        CoordinateBasis.Range range = new CoordinateBasis.Range(ends[0], ends[1]);
        boolean finite = Double.isFinite(ends[0]) && Double.isFinite(ends[1]) && ends[0] < ends[1];
        if (!finite && !range.equals(CoordinateBasis.Range.ALL)) {
            throw new InputException("column '" + column + "' has the range " + ends[0] + " to " + ends[1]
                    + ", expected a finite one, or -Infinity to Infinity");
        }
        return range;
    }

    private static <O extends Record> Eigenbasis restore(
            BasisFamily<O> family, Record options, Column column, int degree, State state) {
        Eigenbasis basis = family.restore(family.options().type().cast(options), column, degree, state);
        BasisCheck.fault(basis).ifPresent(fault -> {
            throw new InputException(fault + "; its numbers are damaged, or the plugin is wrong: " + Origin.of(family));
        });
        return basis;
    }

    private int[] ints(String name) throws IOException {
        used.add(prefix + name);
        return in.ints(prefix + name);
    }

    /** A tensor of two axes. */
    private Tensor tensor(String name, Dtype dtype) {
        used.add(prefix + name);
        return in.tensor(prefix + name, dtype, 2);
    }

    private boolean onGrid() {
        return in.tensors().containsKey(prefix + ModelWriter.GRID_SUMS);
    }

    private Tensor sums() {
        Tensor tensor = tensor(onGrid() ? ModelWriter.GRID_SUMS : ModelWriter.MOMENTS, Dtype.I64);
        if (tensor.shape()[1] != 2) {
            throw new InputException(
                    "tensor '" + tensor.name() + "' is " + tensor.show() + ", expected I64 [entries, 2]");
        }
        return tensor;
    }

    /** The sums, of a layout that may be refused. */
    MomentTable table(Supplier<SumLayout> expected) throws IOException {
        long rows = in.whole(prefix + "rows");
        if (rows < 1) {
            throw new InputException("the model was fitted to " + rows + " rows, expected at least 1");
        }
        SumLayout layout = restoring("the table of sums", expected);
        Tensor tensor = sums();
        if (tensor.shape()[0] != layout.size()) {
            throw new InputException("tensor '" + tensor.name() + "' is " + tensor.show()
                    + ", but basis and clusters need " + layout.size() + " sums");
        }
        return new MomentTable(layout, ExactSums.ofLimbs(in.longs(tensor)), rows);
    }

    private TimeGrid grid() throws IOException {
        String times = prefix + "grid.times";
        used.add(times);
        TimeGrid grid = TimeGrid.of(in.doubles(times));
        if (!(grid.last() > 0)) {
            throw new InputException("tensor '" + times + "' ends at " + grid.last() + ", expected a time above 0");
        }
        return grid;
    }

    private ThetaPath path(ProductBasis basis, TimeGrid grid) throws IOException {
        Tensor tensor = tensor("theta", Dtype.F64);
        if (tensor.shape()[0] != grid.steps() + 1 || tensor.shape()[1] != basis.size()) {
            throw new InputException("tensor '" + tensor.name() + "' is " + tensor.show() + ", expected F64 ["
                    + (grid.steps() + 1) + ", " + basis.size() + "] for the times and the functions of the model");
        }
        double[][] theta = new double[grid.steps() + 1][];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = in.doubles(tensor, j * basis.size(), basis.size());
        }
        double end = end(grid);
        return restoring("theta", () -> new ThetaPath(grid, theta, end));
    }

    /** The time down to which the last theta is held: the last one itself unless the file names another. */
    private double end(TimeGrid grid) throws IOException {
        String name = prefix + ModelWriter.GRID_END;
        if (!in.tensors().containsKey(name)) {
            return grid.last();
        }
        used.add(name);
        if (onGrid()) {
            throw new InputException("tensor '" + name + "' holds coefficients below times at which sums on a grid"
                    + " end; expected none in a model with '" + prefix + ModelWriter.GRID_SUMS + "'");
        }
        double[] end = in.doubles(name);
        if (end.length != 1 || !(end[0] > 0 && end[0] < grid.last())) {
            throw new InputException("tensor '" + name + "' holds " + Arrays.toString(end)
                    + ", expected one time above 0 and below the last of the grid, " + grid.last());
        }
        return end[0];
    }

    /** The format keeps the ridges, which are the model's, among what the report tells of each solve. */
    private static List<SolvedTime> solves(JsonNode report, TimeGrid grid) {
        List<SolvedTime> solves = ModelText.solves(report);
        if (solves.size() != grid.steps() + 1) {
            throw new InputException(
                    "the report tells of " + solves.size() + " solves for " + (grid.steps() + 1) + " times");
        }
        return solves;
    }

    private static FitReport report(MomentTable table, JsonNode report, List<SolvedTime> solves) {
        ProductBasis basis = table.layout().basis();
        return new FitReport(
                table.rows(),
                basis.dim(),
                basis.size(),
                basis.matrixNonzeros(),
                table.layout().size(),
                Map.of(),
                ModelText.choices(report),
                List.copyOf(solves));
    }
}
