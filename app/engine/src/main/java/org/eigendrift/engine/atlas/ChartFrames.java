package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.offer.Offers;

/**
 * The frames of charts, and of the coordinates in which rows are cut into charts: one that opens positive and bounded columns, one
 * that makes all real ones then uncorrelated, one that turns angles. Immutable, thread-safe.
 */
final class ChartFrames {
    /** Knees tried are powers of two, from so many below the column's geometric mean to so many above. */
    private static final int BELOW = 8;

    private static final int ABOVE = 4;

    /** About so many rows say where knees are best. */
    private static final int ROWS = 10_000;

    private final ProviderLookup providers;

    ChartFrames(ProviderLookup providers) {
        this.providers = providers;
    }

    /** Frames that make the rows of a chart uncorrelated. */
    List<Chosen<FrameContext, Frame>> uncorrelated(List<Column> columns, List<Double> knees) {
        List<Chosen<FrameContext, Frame>> opening = opening(columns, knees);
        List<Chosen<FrameContext, Frame>> frames = new ArrayList<>(opening);
        if (columns.stream().anyMatch(column -> column.kind() != Column.Kind.ANGLE)) {
            frames.add(best(new FrameUse.Uncorrelated(unfitted(opening, columns).columns())));
        }
        frames.addAll(turning(columns));
        return frames;
    }

    /** Frames that leave real columns and angles in radians; none of them is fitted to anything. */
    FrameChain plain(List<Column> columns, List<Double> knees) {
        List<Chosen<FrameContext, Frame>> choices = new ArrayList<>(opening(columns, knees));
        choices.addAll(turning(columns));
        return unfitted(choices, columns);
    }

    private static FrameChain unfitted(List<Chosen<FrameContext, Frame>> choices, List<Column> columns) {
        List<Frame> frames = new ArrayList<>();
        List<Column> before = columns;
        for (Chosen<FrameContext, Frame> choice : choices) {
            Frame frame = FrameChain.restore(choice, before, State.EMPTY);
            frames.add(frame);
            before = frame.columns();
        }
        return new FrameChain(columns, frames);
    }

    private List<Chosen<FrameContext, Frame>> opening(List<Column> columns, List<Double> knees) {
        return columns.stream().anyMatch(c -> c.kind() == Column.Kind.POSITIVE || c.kind() == Column.Kind.BOUNDED)
                ? List.of(best(new FrameUse.Open(columns, knees)))
                : List.of();
    }

    private List<Chosen<FrameContext, Frame>> turning(List<Column> columns) {
        return columns.stream().anyMatch(column -> column.kind() == Column.Kind.ANGLE)
                ? List.of(best(new FrameUse.Turn(columns)))
                : List.of();
    }

    /** Frames that bring columns to the normal law, one by one and then given one another. */
    List<Chosen<FrameContext, Frame>> normalScores(List<Column> columns) {
        return List.of(best(new FrameUse.NormalScores(columns)), best(new FrameUse.ConditionalScores(columns)));
    }

    private Chosen<FrameContext, Frame> best(FrameUse use) {
        return Offers.of(use, providers).best();
    }

    /**
     * Knees of the positive columns with which the components of a mixture are most nearly normal: each the likeliest,
     * given the responsibilities, the other columns left aside (a step of expectation and conditional maximisation; Meng
     * and Rubin, Biometrika 80, 1993).
     *
     * @param columns the data's columns
     * @param all rows strictly within the columns' bounds
     * @param components the mixture; none for one component of all rows
     */
    List<Double> knees(List<Column> columns, Points all, Optional<ChartMixture> components) {
        List<Double> knees = new ArrayList<>();
        if (columns.stream().noneMatch(column -> column.kind() == Column.Kind.POSITIVE)) {
            return knees;
        }
        Points rows = ChartRows.thinned(all, ROWS);
        double[] one = new double[rows.size()];
        Arrays.fill(one, 1);
        double[][] responsibilities =
                components.map(mixture -> mixture.responsibilities(rows)).orElse(new double[][] {one});
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).kind() == Column.Kind.POSITIVE) {
                double[] values = Arrays.copyOfRange(rows.values(), rows.offset(i), rows.offset(i) + rows.size());
                knees.add(knee(columns.get(i), Points.wrap(1, values.length, values), responsibilities));
            }
        }
        return knees;
    }

    private double knee(Column column, Points x, double[][] responsibilities) {
        double meanLog = Arrays.stream(x.values()).map(Math::log).average().orElseThrow();
        int middle = Math.getExponent(Math.exp(meanLog));
        double best = 0;
        double most = logLikelihood(column, x, 0, responsibilities);
        for (int exponent = middle - BELOW; exponent <= middle + ABOVE; exponent++) {
            double knee = Math.scalb(1.0, exponent);
            double here = logLikelihood(column, x, knee, responsibilities);
            if (here > most) {
                most = here;
                best = knee;
            }
        }
        return best;
    }

    /** Of normal components with the moments that the responsibilities give, up to what does not depend on the knee. */
    private double logLikelihood(Column column, Points x, double knee, double[][] responsibilities) {
        double[] logJacobian = new double[x.size()];
        double[] y =
                plain(List.of(column), List.of(knee)).forward(x, logJacobian).values();
        double[] one = new double[y.length];
        Arrays.fill(one, 1);
        double all = Spread.of(y, one).variance();
        double sum = Arrays.stream(logJacobian).sum();
        for (double[] r : responsibilities) {
            Spread spread = Spread.of(y, r);
            // As by one row of the spread of all, or a component of next to no rows would count most.
            sum -= 0.5 * spread.mass * Math.log((spread.mass * spread.variance() + all) / (spread.mass + 1));
        }
        return sum;
    }

    /** Sums of weights, weighted values and squares about the mean. */
    private record Spread(double mass, double squares) {
        static Spread of(double[] y, double[] weights) {
            double mass = 0;
            double first = 0;
            for (int n = 0; n < y.length; n++) {
                mass += weights[n];
                first += weights[n] * y[n];
            }
            double mean = mass > 0 ? first / mass : 0;
            double squares = 0;
            for (int n = 0; n < y.length; n++) {
                squares += weights[n] * (y[n] - mean) * (y[n] - mean);
            }
            return new Spread(mass, squares);
        }

        double variance() {
            return mass > 0 ? squares / mass : 0;
        }
    }
}
