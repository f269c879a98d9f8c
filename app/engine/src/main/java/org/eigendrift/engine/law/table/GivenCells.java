package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.engine.conditional.Words;
import org.eigendrift.engine.kernel.LogSum;

/**
 * A table's law given evidence about single columns: exact in the mixture of trees, by particles along the chain, and by weighted
 * draws from kernels. Where all evidence stands before all that is open the weights are equal and the chain is exact, too.
 */
final class GivenCells {
    /** Particles along the chain where many rows are asked about: rows are drawn from these. From more each row moves on. */
    private static final int DRAWS = 256;

    private static final int DRAWS_OF_MANY = 2048;

    /** Draws of kernels have numbers of their own. */
    private static final long KERNEL_DRAWS = 1;

    private final TableParts parts;
    /** Of each column of the chain a factor for each cell. */
    private final double[][] factors;

    /** The same, of columns that others fix as evidence about those. */
    private final double[][] moved;

    private final Room[] rooms;

    private final double logWithin;
    private final TreeMixture.Posterior posterior;
    private final GivenKernels kernels;
    /** Log-probabilities of the evidence in chain, mixture and kernels. */
    private final double[] logs;

    private final boolean prefix;
    private final int draws;
    private final GivenChain chain;

    /** Of a row that has one open column: its place, and the log-probability of each of its cells; -1 and null for others. */
    private final int onlyOpen;

    private final double[] openLogs;

    /** The probabilities of its cells, of sum 1; null without one. */
    private final double[] openShares;

    private GivenCells(TableParts parts, double[][] factors, Room[] rooms, double logWithin, int most, RunContext run) {
        this.parts = parts;
        this.factors = factors;
        this.moved = parts.groups().moved(factors);
        this.rooms = rooms;
        this.logWithin = logWithin;
        this.posterior = parts.mixture().given(grouped());
        this.prefix = isPrefix();
        this.onlyOpen = onlyOpen(factors);
        this.openLogs = onlyOpen < 0 ? null : openLogs();
        this.openShares = onlyOpen < 0 ? null : LogSum.shares(openLogs);
        CounterRandom random = run.random(Purpose.TABLE_EVIDENCE);
        this.draws = prefix || onlyOpen >= 0 ? 1 : most;
        this.chain = new GivenChain(parts, factors, draws, random);
        this.kernels = parts.kernels() == null || onlyOpen >= 0
                ? null
                : new GivenKernels(parts.kernels(), factors, moved, random.derive(KERNEL_DRAWS));
        this.logs =
                new double[] {chain.log(), posterior.log(), kernels == null ? Double.NEGATIVE_INFINITY : kernels.log()};
    }

    /** Of a row in which gaps are open where the column has none of its own. */
    static GivenCells of(TableParts parts, double[] row, RunContext run) {
        Builder builder = new Builder(parts);
        for (int k = 0; k < builder.dim(); k++) {
            double value = row[parts.order()[k]];
            if (!Double.isNaN(value) || parts.coded().scales()[k].hasGap()) {
                builder.equal(k, value);
            }
        }
        return builder.build(DRAWS, run);
    }

    /** Of evidence about single columns. */
    static GivenCells of(TableParts parts, List<Column> columns, Evidence evidence, int effective, RunContext run) {
        Builder builder = new Builder(parts);
        for (Evidence.Condition condition : evidence.conditions()) {
            if (condition instanceof Evidence.Condition.Equal equal) {
                builder.equal(builder.place(equal.column()), equal.value());
            } else if (condition instanceof Evidence.Condition.OneOf one) {
                builder.oneOf(builder.place(one.column()), one.values());
            } else {
                Evidence.Condition.Within within = (Evidence.Condition.Within) condition;
                builder.within(builder.place(within.column()), within.lower(), within.upper());
            }
        }
        GivenCells given = builder.build(effective <= DRAWS ? DRAWS : DRAWS_OF_MANY, run);
        if (given.log() == Double.NEGATIVE_INFINITY) {
            throw new InputException("the condition has no mass: " + Words.of(columns, evidence)
                    + " has no probability under the law: values that no row can have together");
        }
        return given;
    }

    /** Collects factors. */
    private static final class Builder {
        private final TableParts parts;
        private final double[][] factors;
        private final Room[] rooms;
        private double logWithin;

        Builder(TableParts parts) {
            this.parts = parts;
            this.factors = new double[parts.order().length][];
            this.rooms = new Room[factors.length];
            Arrays.fill(rooms, Room.ALL);
        }

        int dim() {
            return factors.length;
        }

        int place(int column) {
            for (int k = 0; k < factors.length; k++) {
                if (parts.order()[k] == column) {
                    return k;
                }
            }
            throw new InputException("evidence about column " + column + " of a table of " + factors.length
                    + " columns, expected 0 to " + (factors.length - 1));
        }

        void equal(int k, double value) {
            CellScale scale = parts.coded().scales()[k];
            int cell = scale.cell(value);
            double[] factor = new double[scale.size()];
            if (cell >= 0) {
                factor[cell] = 1;
                logWithin += scale.logWithin(cell, value);
            }
            rooms[k] = rooms[k].among(new double[] {value});
            multiply(k, factor);
        }

        void oneOf(int k, double[] values) {
            CellScale scale = parts.coded().scales()[k];
            double[] factor = new double[scale.size()];
            for (double value : values) {
                int cell = scale.cell(value);
                if (cell >= 0) {
                    factor[cell] += Math.exp(scale.logWithin(cell, value));
                }
            }
            rooms[k] = rooms[k].among(values);
            multiply(k, factor);
        }

        void within(int k, double lower, double upper) {
            CellScale scale = parts.coded().scales()[k];
            double[] factor = new double[scale.size()];
            Arrays.setAll(factor, c -> scale.share(c, lower, upper));
            rooms[k] = rooms[k].within(lower, upper);
            multiply(k, factor);
        }

        private void multiply(int k, double[] factor) {
            if (factors[k] == null) {
                factors[k] = factor;
            } else {
                double[] before = factors[k];
                Arrays.setAll(before, c -> before[c] * factor[c]);
            }
        }

        GivenCells build(int most, RunContext run) {
            return new GivenCells(parts, factors, rooms, logWithin, most, run);
        }
    }

    private boolean isPrefix() {
        boolean open = false;
        for (double[] factor : factors) {
            if (factor == null) {
                open = true;
            } else if (open || Arrays.stream(factor).filter(f -> f > 0).count() > 1) {
                return false;
            }
        }
        return true;
    }

    private double[][] grouped() {
        Groups groups = parts.groups();
        double[][] out = new double[factors.length][];
        for (int j = 0; j < out.length; j++) {
            out[j] = new double[groups.levels()[j]];
            for (int c = 0; c < groups.of()[j].length; c++) {
                double factor = moved[j] == null ? 1 : moved[j][c];
                out[j][groups.of()[j][c]] += factor * Math.exp(groups.logWithin()[j][c]);
            }
        }
        return out;
    }

    /** The only column that has several cells left; -1 if there are more, or none. */
    private static int onlyOpen(double[][] factors) {
        int open = -1;
        for (int j = 0; j < factors.length; j++) {
            if (factors[j] == null
                    || Arrays.stream(factors[j]).filter(f -> f > 0).count() != 1) {
                if (open >= 0) {
                    return -1;
                }
                open = j;
            }
        }
        return open;
    }

    /** The log-probability of each cell of the only open column, with all others as they are. */
    private double[] openLogs() {
        int[] cells = new int[factors.length];
        double log = 0;
        for (int j = 0; j < cells.length; j++) {
            for (int c = 0; j != onlyOpen && c < factors[j].length; c++) {
                if (factors[j][c] > 0) {
                    cells[j] = c;
                    log += Math.log(factors[j][c]);
                }
            }
        }
        double[] factor = factors[onlyOpen];
        double[] logs = parts.logProbabilities(cells, onlyOpen, c -> factor == null || factor[c] > 0);
        for (int c = 0; c < logs.length; c++) {
            logs[c] += log + (factor == null || !(factor[c] > 0) ? 0 : Math.log(factor[c]));
        }
        return logs;
    }

    /** Log-probability of the evidence, a density where values are known. */
    double log() {
        if (onlyOpen >= 0) {
            return logWithin + LogSum.of(openLogs);
        }
        return logWithin + LogSum.of(weighted());
    }

    private double[] weighted() {
        double[] out = new double[logs.length];
        Arrays.setAll(
                out,
                part -> parts.shares()[part] > 0
                        ? Math.log(parts.shares()[part]) + logs[part]
                        : Double.NEGATIVE_INFINITY);
        return out;
    }

    /** Shares of chain, mixture and kernels given the evidence. */
    private double[] shares() {
        return LogSum.shares(weighted());
    }

    /** Standard error of {@link #log}. */
    double error() {
        if (onlyOpen >= 0) {
            return 0;
        }
        double[] shares = shares();
        double around = kernels == null ? 0 : shares[TableParts.KERNELS] * kernels.error();
        return Math.hypot(prefix ? 0 : shares[TableParts.CHAIN] * chain.error(), around);
    }

    /** How sure it is: what the weights of draws along the chain leave of them, by the chain's share. Trees are exact. */
    Certainty certainty() {
        double chained = shares()[TableParts.CHAIN];
        boolean exact = prefix || onlyOpen >= 0 || !(chained > 0);
        return new Certainty(
                log(), error(), exact ? Double.POSITIVE_INFINITY : chain.effectiveDraws() / (chained * chained), 1);
    }

    /** A value of a cell that agrees with the evidence, from a number in (0, 1). */
    double value(int k, int cell, double uniform) {
        CellScale scale = parts.coded().scales()[k];
        Room room = rooms[k];
        if (room.values() == null) {
            return room == Room.ALL
                    ? scale.value(cell, uniform)
                    : scale.value(cell, uniform, room.lower(), room.upper());
        }
        double[] here = Arrays.stream(room.values())
                .filter(v -> scale.cell(v) == cell && !(v < room.lower() || v > room.upper()))
                .toArray();
        return here[Math.min(here.length - 1, (int) (uniform * here.length))];
    }

    /** What the evidence leaves of one column: a range, and perhaps some values of it. */
    private record Room(double lower, double upper, double[] values) {
        static final Room ALL = new Room(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, null);

        Room within(double low, double high) {
            return new Room(Math.max(lower, low), Math.min(upper, high), values);
        }

        Room among(double[] some) {
            double[] both = values == null
                    ? some
                    : Arrays.stream(values)
                            .filter(v -> Arrays.stream(some).anyMatch(w -> Double.compare(v, w) == 0))
                            .toArray();
            return new Room(lower, upper, both);
        }
    }

    /** Draws the cells of one row. */
    int[] draw(CounterRandom random, long row) {
        if (onlyOpen >= 0) {
            return opened(random.uniform(row, 0));
        }
        int part = Draw.place(shares(), random.uniform(row, 0));
        if (part == TableParts.KERNELS) {
            return kernels.draw(random.derive(row));
        }
        return part == TableParts.CHAIN ? chained(random, row) : mixed(random, row);
    }

    private int[] opened(double uniform) {
        int[] cells = new int[factors.length];
        for (int j = 0; j < cells.length; j++) {
            for (int c = 0; j != onlyOpen && c < factors[j].length; c++) {
                cells[j] = factors[j][c] > 0 ? c : cells[j];
            }
        }
        cells[onlyOpen] = Draw.place(openShares, uniform);
        return cells;
    }

    /** A row of the chain. Of few draws rows are these; of many each moves on, so that none comes twice. */
    private int[] chained(CounterRandom random, long row) {
        CounterRandom own = random.derive(row);
        if (prefix) {
            return new GivenChain(parts, factors, 1, own).draw(0.5, null);
        }
        return chain.draw(random.uniform(row, 1L << 21), draws <= DRAWS ? null : own);
    }

    private int[] mixed(CounterRandom random, long row) {
        int dim = parts.chain().length;
        double[] uniforms = new double[dim];
        for (int j = 0; j < dim; j++) {
            uniforms[j] = random.uniform(row, 2L * j + 1);
        }
        int[] groups = posterior.draw(random.uniform(row, 1L << 20), uniforms);
        int[] cells = new int[dim];
        for (int j = 0; j < dim; j++) {
            cells[j] = parts.groups().draw(j, groups[j], moved[j], cells, random.uniform(row, 2L * j + 2));
        }
        return cells;
    }
}
