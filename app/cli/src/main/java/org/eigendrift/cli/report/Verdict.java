package org.eigendrift.cli.report;

import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.metric.Figure;

/**
 * What a figure means, in plain words.
 *
 * @param mood how good it is, for a colour
 * @param words a few words
 */
record Verdict(Mood mood, String words) {

    /** How good a figure is. */
    enum Mood {
        /** As good as data can tell. */
        GOOD,
        /** Visible but small. */
        FAIR,
        /** Large. */
        POOR,
        /** Nothing to judge by. */
        NONE
    }

    /** Without an interval, distances within this factor of the floor count as at the floor: floors scatter. */
    private static final double AT_FLOOR = 1.25;
    /** Up to this factor a distance is called small. */
    private static final double NEAR_FLOOR = 2;
    /** Nats a row: below, two densities are hard to tell apart with thousands of rows. */
    private static final double SMALL_GAP = 0.02;
    /** Nats a row: a gap that other density estimators also leave. */
    private static final double FAIR_GAP = 0.1;

    /** Up to this accuracy a classifier is wrong two times in five. */
    private static final double FAIR_ACCURACY = 0.6;

    private static final Verdict SILENT = new Verdict(Mood.NONE, "");

    /**
     * Judges a figure.
     *
     * @param figure the figure
     * @param all all figures by {@code group.name}
     */
    static Verdict of(Figure figure, Map<String, Figure> all) {
        if (Double.isNaN(figure.value())) {
            return new Verdict(Mood.POOR, "could not be computed");
        }
        if (Double.isInfinite(figure.value())) {
            return new Verdict(Mood.POOR, "infinite: some row is impossible or out of bounds");
        }
        if (AboveExact.GAPS.containsKey(figure.key())) {
            return gap(figure, all);
        }
        if (figure.key().endsWith("_possible_gap")) {
            return shortfall(figure);
        }
        if (figure.key().equals("log_likelihood.heldout")) {
            return overfit(figure, all.get("log_likelihood.train"));
        }
        if (figure.key().equals("energy.mean_samples")) {
            return energy(figure, all.get("energy.mean_reference"));
        }
        if (figure.floor().isEmpty()) {
            return SILENT;
        }
        double floor = figure.floor().getAsDouble();
        return switch (figure.better()) {
            case LESS -> distance(figure.value(), floor, figure.interval());
            case MORE -> score(figure.value(), floor);
            case NEAR_FLOOR -> near(figure.value(), floor, figure.interval());
            case CHANCE -> chance(figure, floor);
            case NONE -> SILENT;
        };
    }

    private static Verdict distance(double value, double floor, Optional<Figure.Interval> interval) {
        double high = Math.max(floor, interval.map(Figure.Interval::high).orElse(AT_FLOOR * floor));
        if (value <= high) {
            return new Verdict(Mood.GOOD, "at the floor: no farther than real rows");
        }
        // The floor of an unbiased statistic scatters about 0: then the end of its interval is the scale.
        boolean scattersAboutZero =
                Math.min(floor, interval.map(Figure.Interval::low).orElse(floor)) <= 0;
        double scale = scattersAboutZero ? high : floor;
        if (!(scale > 0)) {
            return new Verdict(Mood.FAIR, "above the floor");
        }
        Mood mood = value <= NEAR_FLOOR * high ? Mood.FAIR : Mood.POOR;
        return new Verdict(
                mood,
                (mood == Mood.FAIR ? "close: " : "differs: ")
                        + Numbers.text(value / scale, 2)
                        + (scattersAboutZero ? " times the end of the floor’s interval" : " times the floor"));
    }

    private static Verdict score(double value, double floor) {
        double ratio = value / floor;
        if (ratio >= 0.95) {
            return new Verdict(Mood.GOOD, "as high as training rows score");
        }
        String words = Numbers.text(100 * ratio, 2) + " % of what training rows score";
        return new Verdict(ratio >= 0.85 ? Mood.FAIR : Mood.POOR, words);
    }

    private static Verdict near(double value, double floor, Optional<Figure.Interval> interval) {
        double distance = Math.abs(value - floor);
        double reach = interval.map(i -> value > floor ? i.high() - floor : floor - i.low())
                .orElse(0.1);
        if (distance <= reach) {
            return new Verdict(Mood.GOOD, "as for real rows");
        }
        String words = value > floor ? "above that of real rows" : "below that of real rows";
        return new Verdict(distance <= 2.5 * reach ? Mood.FAIR : Mood.POOR, words);
    }

    private static Verdict chance(Figure accuracy, double floor) {
        if (accuracy.value() <= Math.max(floor, 0.5) + 2 * accuracy.error().orElse(0)) {
            return new Verdict(Mood.GOOD, "the classifier cannot tell samples from data");
        }
        return new Verdict(
                accuracy.value() <= FAIR_ACCURACY ? Mood.FAIR : Mood.POOR,
                "the classifier is right " + Numbers.text(100 * accuracy.value(), 2) + " % of the time");
    }

    private static Verdict gap(Figure gap, Map<String, Figure> all) {
        Optional<String> above = AboveExact.of(gap, all);
        if (above.isPresent()) {
            // Training rows are not draws of p that the model has not seen.
            return gap.key().equals("log_likelihood.train_gap")
                    ? new Verdict(Mood.FAIR, "training rows score higher than under the exact density: overfitting")
                    : new Verdict(Mood.POOR, "impossible: " + above.get());
        }
        return shortfall(gap);
    }

    private static Verdict shortfall(Figure gap) {
        double error = gap.error().orElse(0);
        if (gap.value() <= SMALL_GAP || gap.value() <= 2 * error) {
            return new Verdict(Mood.GOOD, "the exact density, as far as these rows can tell");
        }
        if (gap.value() <= FAIR_GAP) {
            return new Verdict(Mood.FAIR, "near the exact density");
        }
        return new Verdict(Mood.POOR, "clearly short of the exact density");
    }

    private static Verdict overfit(Figure heldout, Figure train) {
        if (train == null) {
            return SILENT;
        }
        double lost = train.value() - heldout.value();
        if (lost <= FAIR_GAP / 2) {
            return new Verdict(Mood.GOOD, "no overfitting: training rows score the same");
        }
        return new Verdict(
                lost <= 5 * FAIR_GAP ? Mood.FAIR : Mood.POOR,
                "training rows score " + Numbers.text(lost, 2) + " nats higher: some overfitting");
    }

    private static Verdict energy(Figure samples, Figure reference) {
        if (reference == null) {
            return SILENT;
        }
        double error = Math.hypot(samples.error().orElse(0), reference.error().orElse(0));
        double difference = Math.abs(samples.value() - reference.value());
        if (difference <= 2 * error) {
            return new Verdict(Mood.GOOD, "equals the reference within its error");
        }
        String words = Numbers.text(difference, 2) + (samples.value() > reference.value() ? " above" : " below")
                + " the reference";
        return new Verdict(difference <= 0.05 * Math.abs(reference.value()) ? Mood.FAIR : Mood.POOR, words);
    }
}
