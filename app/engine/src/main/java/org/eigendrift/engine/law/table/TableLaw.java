package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Commensurate;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.law.Supported;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.Admissible;
import org.eigendrift.engine.conditional.GivenAccepted;
import org.eigendrift.engine.kernel.EvenPoints;
import org.eigendrift.engine.kernel.Strata;

/**
 * The law of a table with columns of any kind: a mixture of a chain of conditional laws and of a mixture of trees, both of cells,
 * times each column's own law within its cells. Densities count levels, steps and single values, and measure length of other
 * numbers. Immutable, thread-safe.
 */
public final class TableLaw implements StoredLaw, Commensurate, Supported {
    private static final int CHUNK = 512;

    /** Not there in files of laws whose kernels weigh alike, as all did once. */
    private static final String KERNEL_WEIGHTS = "table.kernels";

    /** Not there in files of laws that move no column, as none did once. */
    private static final String SHIFT_INTS = "table.shifts.ints";

    private static final String SHIFT_DOUBLES = "table.shifts.doubles";

    private final List<Column> columns;
    private final Coded coded;
    private final TableParts parts;
    private final Provenance provenance;
    /** Of each column the cells as the chain's are drawn, null where they are drawn as they are. */
    private final int[][] drawn;

    /**
     * A law of its parts.
     *
     * @param columns the table's columns
     * @param parts what was fitted
     * @param provenance how
     */
    TableLaw(List<Column> columns, TableParts parts, Provenance provenance) {
        this.columns = List.copyOf(columns);
        this.parts = parts;
        this.coded = parts.coded();
        this.provenance = provenance;
        // Files of earlier laws of many rows have no kernels at all, and ends of the chain alone.
        this.drawn = parts.kernels() == null
                ? new int[coded.dim()][]
                : new EndKernels(coded, parts.relations(), provenance.rows()).drawn();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    TableParts parts() {
        return parts;
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        double[] nats = new double[x.size()];
        double[] errors = new double[x.size()];
        Parallel parallel = run.parallel();
        parallel.forEach((x.size() + CHUNK - 1) / CHUNK, chunk -> {
            run.checkCancelled();
            int[] cells = new int[coded.dim()];
            for (int n = chunk * CHUNK; n < Math.min(x.size(), (chunk + 1) * CHUNK); n++) {
                double[] row = x.row(n);
                if (gaps(row)) {
                    GivenCells given = GivenCells.of(parts, row, run);
                    nats[n] = given.log();
                    errors[n] = given.error();
                } else {
                    nats[n] = score(row, cells);
                }
            }
        });
        double error = 0;
        for (double one : errors) {
            error += one * one;
        }
        return new Scores(nats, x.size() == 0 ? 0 : Math.sqrt(error) / x.size());
    }

    /** Whether a cell is open: a gap in a column whose law has no gaps of its own. */
    private boolean gaps(double[] row) {
        for (int k = 0; k < coded.dim(); k++) {
            if (Double.isNaN(row[parts.order()[k]]) && !coded.scales()[k].hasGap()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double[] commensurate(Points x) {
        double[] nats = new double[x.size()];
        for (int n = 0; n < nats.length; n++) {
            double[] row = x.row(n);
            for (int k = 0; k < coded.dim(); k++) {
                CellScale scale = coded.scales()[k];
                double value = row[parts.order()[k]];
                int cell = scale.cell(value);
                nats[n] += cell < 0 ? 0 : scale.logCommon(cell, value);
            }
        }
        return nats;
    }

    /** Every cell has some probability, so what no cell holds is to blame. */
    @Override
    public Optional<Impossible> impossible(double[] row) {
        int[] without = IntStream.range(0, coded.dim())
                .filter(k -> !Double.isNaN(row[parts.order()[k]]) && coded.scales()[k].cell(row[parts.order()[k]]) < 0)
                .map(k -> parts.order()[k])
                .sorted()
                .toArray();
        if (without.length == 0) {
            return Optional.empty();
        }
        Column first = columns.get(without[0]);
        List<String> names =
                IntStream.of(without).mapToObj(j -> columns.get(j).name()).toList();
        if (first.kind().levelled()) {
            return Optional.of(new Impossible(
                    names,
                    "a level of '" + first.name() + "' that the model does not know",
                    "fit rows that have it, or declare it with the column's other levels"));
        }
        return Optional.of(new Impossible(
                names,
                first.name() + " = " + Admissible.text(first, row[without[0]]) + ", expected "
                        + Admissible.text(first, first.lower()) + " to " + Admissible.text(first, first.upper()),
                "declare the column with wider bounds"));
    }

    private double score(double[] row, int[] cells) {
        double within = 0;
        for (int k = 0; k < cells.length; k++) {
            double value = row[parts.order()[k]];
            cells[k] = coded.scales()[k].cell(value);
            if (cells[k] < 0) {
                return Double.NEGATIVE_INFINITY;
            }
            within += coded.scales()[k].logWithin(cells[k], value);
        }
        return within + parts.logProbability(cells);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        Points out = Points.zeros(coded.dim(), request.count());
        CounterRandom random = run.random(Purpose.TABLE_DRAWS);
        EvenPoints even = new EvenPoints(random.derive(0), parts.uniforms());
        Strata choices = new Strata(random.derive(1), Math.max(1, provenance.rows()));
        Parallel parallel = run.parallel();
        parallel.forEach((request.count() + CHUNK - 1) / CHUNK, chunk -> {
            run.checkCancelled();
            int from = chunk * CHUNK;
            Points uniforms = Points.zeros(parts.uniforms(), Math.min(CHUNK, request.count() - from));
            even.fill(request.first() + from, uniforms);
            for (int n = from; n < from + uniforms.size(); n++) {
                long number = request.first() + n;
                double choice = choices.uniform(number);
                boolean kernel = parts.choosesKernel(choice);
                int[] cells = parts.draw(choice, uniforms.row(n - from));
                for (int k = 0; k < cells.length; k++) {
                    int cell = kernel || drawn[k] == null ? cells[k] : drawn[k][cells[k]];
                    double within = random.uniform(number, TableParts.WITHIN + k);
                    out.set(parts.order()[k], n, coded.scales()[k].value(cell, within));
                }
            }
        });
        return new Draws(out, new Outcome(1, 1, 0));
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return Optional.of((evidence, effective) -> given(evidence, effective, run));
    }

    /** A sum with one open term is a condition on that; of others exact ones weigh draws, and ranges are met by draws. */
    private Conditional given(Evidence evidence, int effective, RunContext run) {
        Admissible.require(columns, evidence);
        LinearEvidence linear = new LinearEvidence(columns, evidence);
        if (!linear.single().isEmpty()) {
            Admissible.require(columns, new Evidence(linear.single()));
        }
        if (linear.exact().isEmpty() && linear.single().isEmpty()) {
            return GivenAccepted.of(this, Optional.empty(), evidence, run);
        }
        Conditional given = linear.exact().isEmpty()
                ? cells(evidence, linear, effective, run)
                : GivenSums.of(this, evidence, linear, effective, run);
        return linear.ranges().isEmpty() ? given : GivenAccepted.of(this, Optional.of(given), evidence, run);
    }

    private GivenTable cells(Evidence evidence, LinearEvidence linear, int effective, RunContext run) {
        Evidence single = new Evidence(linear.single());
        return new GivenTable(
                this, GivenCells.of(parts, columns, single, effective, run), evidence, linear.logVolume());
    }

    /** The law given conditions on single columns. */
    GivenTable single(Evidence evidence, int effective, RunContext run) {
        return new GivenTable(this, GivenCells.of(parts, columns, evidence, effective, run), evidence, 0);
    }

    @Override
    public void write(LawWriter out) {
        TableTape tape = new TableTape();
        new TableText(tape).write(parts);
        out.ints("table.ints", tape.ints());
        out.doubles("table.doubles", tape.doubles());
        if (parts.kernels() != null) {
            out.doubles(KERNEL_WEIGHTS, parts.kernels().logWeights());
        }
        if (Arrays.stream(parts.chain()).anyMatch(law -> law.shift() != null)) {
            TableTape shifts = new TableTape();
            new TableText(shifts).writeShifts(parts.chain());
            out.ints(SHIFT_INTS, shifts.ints());
            out.doubles(SHIFT_DOUBLES, shifts.doubles());
        }
    }

    /** What {@link #write} wrote. */
    static TableLaw read(LawReader in) {
        TableTape tape = new TableTape(in.ints("table.ints"), in.doubles("table.doubles"));
        TableParts parts = new TableText(tape)
                .read(
                        in.columns().size(),
                        in.has(KERNEL_WEIGHTS) ? Optional.of(in.doubles(KERNEL_WEIGHTS)) : Optional.empty());
        tape.end();
        if (in.has(SHIFT_INTS)) {
            TableTape shifts = new TableTape(in.ints(SHIFT_INTS), in.doubles(SHIFT_DOUBLES));
            new TableText(shifts).readShifts(parts);
            shifts.end();
        }
        return new TableLaw(in.columns(), parts, in.provenance());
    }
}
