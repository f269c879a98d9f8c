package org.eigendrift.cli.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.metric.Figure;

/**
 * What a report tells. Batches are only read; the report takes a subsample of its own.
 *
 * @param title one line: what was modelled
 * @param summary one or two sentences below the title: rows, columns, basis, sampler
 * @param facts versions, seed, machine, date
 * @param columns one for each coordinate
 * @param text writes values as their columns do
 * @param data data rows; a few thousand are enough, of tables all that are to be counted
 * @param samples the model's samples, with the same coordinates
 * @param figures what is in {@code metrics.json}
 * @param spectrum moments of the basis functions, if there is an eigenbasis
 * @param grid the solves along the time grid, in any order; empty if there were none
 * @param choices what was chosen, among what, and why
 * @param timings wall time by stage, in order
 * @param remarks what a reader should know before trusting the figures
 * @param config the resolved configuration, as written to {@code run.yaml}
 * @param trajectories paths of a few particles, if recorded
 * @param image how a row is an image, if it is one
 * @param models the local models of an atlas; spectrum, grid and trajectories are those of the heaviest
 * @param calibration held-out rows among draws given them, of a law of some columns given the others
 * @param particles how many counted along the way, if particles were moved
 * @param reconstructions rows beside what samples make of their observations, if samples were guided by one
 */
public record ReportInput(
        String title,
        String summary,
        List<Fact> facts,
        List<Column> columns,
        CellText text,
        Points data,
        Points samples,
        List<Figure> figures,
        Optional<Spectrum> spectrum,
        List<GridTime> grid,
        List<Decision> choices,
        List<Stage> timings,
        List<String> remarks,
        String config,
        Optional<Trajectories> trajectories,
        Optional<ImageLayout> image,
        List<LocalModel> models,
        Optional<Calibration> calibration,
        Optional<Particles> particles,
        Optional<Reconstructions> reconstructions) {

    /**
     * Checks that shapes agree.
     *
     * @throws IllegalArgumentException if columns, data and samples differ in their number of coordinates
     */
    public ReportInput {
        if (columns.size() != data.dim() || data.dim() != samples.dim()) {
            throw new IllegalArgumentException(columns.size() + " columns, data of " + data.dim()
                    + " coordinates, samples of " + samples.dim() + " coordinates");
        }
        if (image.isPresent() && image.get().height() * image.get().width() != data.dim()) {
            throw new IllegalArgumentException("an image of " + image.get().height() + " x "
                    + image.get().width() + " pixels in " + data.dim() + " coordinates");
        }
        facts = List.copyOf(facts);
        columns = List.copyOf(columns);
        figures = List.copyOf(figures);
        grid = List.copyOf(grid);
        choices = List.copyOf(choices);
        timings = List.copyOf(timings);
        remarks = List.copyOf(remarks);
        models = List.copyOf(models);
    }

    /**
     * Rows beside what samples make of their observations.
     *
     * @param rows at least one
     * @param hidden of which columns the observation says nothing by itself; only read
     * @param noise standard deviation of the observations' noise
     */
    public record Reconstructions(List<Reconstruction> rows, boolean[] hidden, double noise) {

        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no row
         */
        public Reconstructions {
            rows = List.copyOf(rows);
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("reconstructions of no row");
            }
        }
    }

    /** Writes values for a reader. */
    @FunctionalInterface
    public interface CellText {

        /**
         * The text of a value.
         *
         * @param column a column
         * @param value a number that codes one of its values; others are written as the nearest
         * @return its text, as the column's format has it
         */
        String of(Column column, double value);

        /**
         * Texts of some column types.
         *
         * @param types column types by name
         * @return what writes values of columns of these types as they do, of others as numbers
         */
        static CellText of(Map<String, ColumnType> types) {
            return (column, value) -> {
                ColumnType type = types.get(column.format().type());
                return type == null ? Numbers.text(value) : type.format(value, column);
            };
        }
    }

    /**
     * Held-out rows among what a law of some columns given the others draws for them.
     *
     * @param columns modelled columns, one for each rank
     * @param counts ranks and levels
     */
    public record Calibration(List<String> columns, org.eigendrift.engine.comparison.Calibration counts) {

        /**
         * Checks that there are as many.
         *
         * @throws IllegalArgumentException if there are not
         */
        public Calibration {
            columns = List.copyOf(columns);
            if (columns.size() != counts.ranks().length) {
                throw new IllegalArgumentException(columns + " have " + counts.ranks().length + " ranks");
            }
        }
    }

    /**
     * A fact about the run.
     *
     * @param label for example {@code seed}
     * @param value its text
     */
    public record Fact(String label, String value) {}

    /**
     * A stage of the run.
     *
     * @param name for example {@code moments}
     * @param seconds wall time
     */
    public record Stage(String name, double seconds) {}

    /**
     * One solve.
     *
     * @param time forward time t
     * @param condition condition number of the scaled matrix, NaN if unknown
     * @param residual true relative residual, NaN if unknown
     * @param iterations iterations, 0 for a direct solver
     */
    public record GridTime(double time, double condition, double residual, int iterations) {}

    /**
     * One chart of an atlas.
     *
     * @param weight its share
     * @param rows rows it was fitted to
     * @param functions functions of its basis
     * @param earliest t_min
     */
    public record LocalModel(double weight, long rows, int functions, double earliest) {}

    /**
     * Moments of the basis functions; the arrays have one entry for each and are only read.
     *
     * @param labels how to name a function to a user
     * @param orders number of coordinates a function depends on
     * @param eigenvalues lambda
     * @param moments m = E phi under the data; signs do not matter
     * @param threshold absolute moment of three standard errors of an orthonormal function, NaN for no line
     */
    public record Spectrum(
            List<String> labels, int[] orders, double[] eigenvalues, double[] moments, double threshold) {

        /**
         * Checks lengths.
         *
         * @throws IllegalArgumentException if they differ
         */
        public Spectrum {
            if (labels.size() != orders.length
                    || orders.length != eigenvalues.length
                    || eigenvalues.length != moments.length) {
                throw new IllegalArgumentException("spectrum of " + labels.size() + " labels, " + orders.length
                        + " orders, " + eigenvalues.length + " eigenvalues, " + moments.length + " moments");
            }
            labels = List.copyOf(labels);
        }
    }

    /**
     * Paths of a few particles from the stationary law to the data, in the data's coordinates.
     *
     * @param times forward times, descending
     * @param states the particles at each time
     */
    public record Trajectories(double[] times, List<Points> states) {

        /**
         * Checks lengths.
         *
         * @throws IllegalArgumentException if they differ
         */
        public Trajectories {
            if (times.length != states.size()) {
                throw new IllegalArgumentException(times.length + " times, " + states.size() + " states");
            }
            states = List.copyOf(states);
        }
    }

    /**
     * A row as a grey-scale image, row by row from the top.
     *
     * @param height pixels
     * @param width pixels
     */
    public record ImageLayout(int height, int width) {}
}
