package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Kernels around the rows nearest the ends of numbers, moved to those ends, for tables whose extreme values stand in a row or two. By the
 * chain alone a drawn table lacks many of them by chance. What goes together at an end, as large values of several columns do, stays
 * together, for the kernels are those of whole rows.
 */
final class EndKernels {
    /** Rows of a table from which on extremes are told. */
    private static final int LARGE = 2_000;
    /** So many rows at an end, or more, and a table of as many rows lacks it once in 100,000 times, and seldom if rows come in groups. */
    private static final double MANY = 12;
    /** Kernels for each end: of one alone all drawn tables had the same row there, but for its noise. */
    private static final int NEAR = 4;
    /** Standard deviation of a score: so far apart are the normal scores of the first rows of some ten thousand. */
    private static final double DEVIATION = 0.3;
    /** Deviations from an end to the centre beyond it, so that one draw in 30,000 lies before the end. */
    private static final double BEYOND = 4;

    private static final double BLUR = 0.1;

    private final Coded coded;
    private final Relation[] relations;
    private final long rows;
    private final int[] numbers;
    private final List<End> ends = new ArrayList<>();

    /** An end of a number: the cell of its value, and whether that is the largest. */
    private record End(int number, boolean upper, int cell) {
        int inwards() {
            return upper ? -1 : 1;
        }
    }

    /**
     * Finds ends that drawn tables would lack.
     *
     * @param coded the columns
     * @param relations what columns before fix of each, null if nothing; shared
     * @param rows how many rows there are; in few there are none to be found
     */
    EndKernels(Coded coded, Relation[] relations, long rows) {
        this.coded = coded;
        this.relations = relations;
        this.rows = rows;
        this.numbers = IntStream.range(0, coded.dim())
                .filter(j -> relations[j] == null && coded.scales()[j].spec().levels() == 0)
                .toArray();
        for (int number = 0; rows >= LARGE && number < numbers.length; number++) {
            addEnds(number);
        }
    }

    private void addEnds(int number) {
        CellScale scale = coded.scales()[numbers[number]];
        double[] edges = scale.edges();
        int last = scale.size() - 1;
        int first = first(numbers[number]);
        int low = scale.cells().get(first).kind() == CellScale.Kind.BELOW ? first + 1 : first;
        int high = scale.cells().get(last).kind() == CellScale.Kind.ABOVE ? last - 1 : last;
        if (low < high && isRare(edges[low + 1] - edges[first])) {
            ends.add(new End(number, false, low));
        }
        if (low < high && isRare(1 - edges[high])) {
            ends.add(new End(number, true, high));
        }
    }

    private boolean isRare(double share) {
        return share * rows < MANY;
    }

    /** How many ends there are. */
    int size() {
        return ends.size();
    }

    /**
     * Of each column of which rows can lie beyond an end: the cells as the chain's are drawn. As rows at the ends have kernels, what lies
     * beyond is drawn as the cell before the end, so that ends are no likelier than they were.
     *
     * @return of other columns null
     */
    int[][] drawn() {
        int[][] out = new int[coded.dim()][];
        for (End end : ends) {
            int j = numbers[end.number()];
            if (!fixes(j) && hasBeyond(end)) {
                out[j] = out[j] == null
                        ? IntStream.range(0, coded.scales()[j].size()).toArray()
                        : out[j];
                out[j][end.cell() - end.inwards()] = end.cell() + end.inwards();
            }
        }
        return out;
    }

    /**
     * Cells without one row at each end, that of the kernels, which counts for the cell before the end. Where rows can lie beyond an
     * end those nearest to it stand for them.
     *
     * @param of of each column the cells of the rows; not modified
     */
    int[][] without(int[][] of) {
        int[][] out = of.clone();
        for (End end : ends) {
            int j = numbers[end.number()];
            int[] moved = out[j].clone();
            for (int n = 0; n < moved.length && !fixes(j) && !hasBeyond(end); n++) {
                if (moved[n] == end.cell()) {
                    moved[n] += end.inwards();
                    break;
                }
            }
            out[j] = moved;
        }
        return out;
    }

    private boolean hasBeyond(End end) {
        int j = numbers[end.number()];
        int beyond = end.cell() - end.inwards();
        return beyond >= first(j) && beyond < coded.scales()[j].size();
    }

    /** A column that fixes others keeps its cells. */
    private boolean fixes(int j) {
        return Arrays.stream(relations).anyMatch(relation -> relation != null && relation.column() == j);
    }

    /** The first cell that is no gap. */
    private int first(int j) {
        return coded.scales()[j].hasGap() ? 1 : 0;
    }

    /**
     * The kernels, of one end after the other, all of one weight.
     *
     * @param cells of each column the cells of the rows
     */
    Kernels kernels(int[][] cells) {
        int[] rows = ends.stream()
                .flatMapToInt(end -> IntStream.of(nearest(end, cells)))
                .toArray();
        int p = numbers.length;
        double[] lower = new double[p * p];
        for (int k = 0; k < p; k++) {
            lower[k * p + k] = 1 / DEVIATION;
        }
        double[][] centres = new double[rows.length][p];
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < p; k++) {
                centres[i][k] = coded.scores(numbers[k])[cells[numbers[k]][rows[i]]] / DEVIATION;
            }
            End end = ends.get(i / NEAR);
            double score = coded.ends(numbers[end.number()])[end.upper() ? end.cell() : end.cell() + 1];
            centres[i][end.number()] = score / DEVIATION + (end.upper() ? BEYOND : -BEYOND);
        }
        double[] widths = new double[rows.length];
        Arrays.fill(widths, 1);
        double[] logs = new double[rows.length];
        Arrays.fill(logs, -Math.log(rows.length));
        return new Kernels(coded, relations, numbers, lower, centres, widths, logs, levels(rows, cells), BLUR);
    }

    /** The rows that are nearest an end: the first that have a value, in the order of the table where they are alike. */
    private int[] nearest(End end, int[][] cells) {
        int[] column = cells[numbers[end.number()]];
        int first = first(numbers[end.number()]);
        Comparator<Integer> ascending = Comparator.comparingInt(n -> column[n]);
        return IntStream.range(0, column.length)
                .filter(n -> column[n] >= first)
                .boxed()
                .sorted(end.upper() ? ascending.reversed() : ascending)
                .limit(NEAR)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int[][] levels(int[] rows, int[][] cells) {
        int[][] levels = new int[coded.dim()][];
        for (int j = 0; j < levels.length; j++) {
            int[] column = cells[j];
            boolean number = Arrays.binarySearch(numbers, j) >= 0;
            if (relations[j] == null && (!number || coded.scales()[j].hasGap())) {
                levels[j] = Arrays.stream(rows)
                        .map(n -> number ? Math.min(1, column[n]) : column[n])
                        .toArray();
            }
        }
        return levels;
    }
}
