package org.eigendrift.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the distance of the samples' mean to the regularised maximum along the rounds of {@code optimise}. Arguments: the picture without
 * ending, the maximum's coordinates parted by commas, and for each curve {@code LABEL=ROUNDS.csv}, which {@code --table} wrote. A line
 * falls as 1/K from the first curve's first samples.
 */
public final class OptimisationRounds {
    private OptimisationRounds() {}

    /**
     * Draws.
     *
     * @param arguments see above
     * @throws IOException if the picture cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        double[] maximum = Arrays.stream(arguments[1].split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(600)
                .title("Optimisation in rounds: samples' mean to the regularised maximum")
                .xAxisTitle("round K")
                .yAxisTitle("distance")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        double[] bound = new double[0];
        for (int i = 2; i < arguments.length; i++) {
            int split = arguments[i].indexOf('=');
            double[] distances = distances(Path.of(arguments[i].substring(split + 1)), maximum);
            draw(chart, arguments[i].substring(0, split), distances);
            bound = i == 2 ? bound(distances) : bound;
        }
        draw(chart, "first distance / K", bound);
        chart.getSeriesMap().get("first distance / K").setMarker(SeriesMarkers.NONE);
        BitmapEncoder.saveBitmap(chart, arguments[0], BitmapEncoder.BitmapFormat.PNG);
    }

    private static double[] bound(double[] distances) {
        double[] bound = new double[distances.length];
        for (int k = 1; k < bound.length; k++) {
            bound[k] = distances[0] / k;
        }
        return bound;
    }

    /** Without round 0, which logarithms have no place for. */
    private static void draw(XYChart chart, String label, double[] byRound) {
        List<Double> rounds = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int k = 1; k < byRound.length; k++) {
            rounds.add((double) k);
            values.add(byRound[k]);
        }
        chart.addSeries(label, rounds, values);
    }

    /** For each round the distance of the mean, the table's last columns. */
    private static double[] distances(Path table, double[] maximum) {
        Points rounds = InMemory.read(
                Blocks.in(Path.of(""))
                        .target(Map.of(
                                "type",
                                "csv",
                                "path",
                                table.toString(),
                                "holdout",
                                0,
                                "missing",
                                "keep",
                                "detect",
                                "off"))
                        .train(),
                Integer.MAX_VALUE);
        double[] distances = new double[rounds.size()];
        for (int k = 0; k < distances.length; k++) {
            for (int i = 0; i < maximum.length; i++) {
                double off = rounds.get(rounds.dim() - maximum.length + i, k) - maximum[i];
                distances[k] += off * off;
            }
            distances[k] = Math.sqrt(distances[k]);
        }
        return distances;
    }
}
