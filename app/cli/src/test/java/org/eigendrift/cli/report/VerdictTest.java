package org.eigendrift.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.cli.report.Verdict.Mood;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Verdict of(Figure figure, Figure... others) {
        Map<String, Figure> all = new HashMap<>();
        for (Figure other : others) {
            all.put(other.group() + "." + other.name(), other);
        }
        return Verdict.of(figure, all);
    }

    private static Figure distance(String name, double value, double floor) {
        return figure(name, value, floor, Better.LESS);
    }

    private static Figure figure(String name, double value, double floor, Better better) {
        return Figure.of("samples", name, value).withFloor(floor).better(better);
    }

    @Test
    void distancesAreJudgedByTheirFloor() {
        assertEquals(Mood.GOOD, of(distance("sliced_wasserstein", 0.012, 0.01)).mood());
        assertEquals(
                new Verdict(Mood.FAIR, "close: 1.6 times the floor"), of(distance("sliced_wasserstein", 0.016, 0.01)));
        assertEquals(
                new Verdict(Mood.POOR, "differs: 5.6 times the floor"),
                of(distance("sliced_wasserstein", 0.056, 0.01)));
    }

    @Test
    void theIntervalOfTheFloorCounts() {
        assertEquals(
                Mood.FAIR,
                of(distance("sliced_wasserstein", 0.012, 0.01).withFloorBetween(0.009, 0.011))
                        .mood());
        assertEquals(
                Mood.GOOD,
                of(distance("mmd", 3e-4, -1e-4).withFloorBetween(-2e-4, 4e-4)).mood());
        assertEquals(
                new Verdict(Mood.POOR, "differs: 25 times the end of the floor’s interval"),
                of(distance("mmd", 0.01, -1e-4).withFloorBetween(-2e-4, 4e-4)));
        assertEquals(
                new Verdict(Mood.FAIR, "close: 1.5 times the end of the floor’s interval"),
                of(distance("mmd", 6e-4, 1e-6).withFloorBetween(-2e-4, 4e-4)));
        // A negative floor without an interval gives no scale.
        assertEquals(new Verdict(Mood.FAIR, "above the floor"), of(distance("mmd", 0.01, -1e-4)));
    }

    @Test
    void scoresAreJudgedByTheirFloor() {
        assertEquals(Mood.GOOD, of(figure("coverage", 0.96, 0.97, Better.MORE)).mood());
        assertEquals(
                new Verdict(Mood.POOR, "50 % of what training rows score"),
                of(figure("coverage", 0.48, 0.96, Better.MORE)));
    }

    /** What a plugin brings is judged by the direction it states; its name says nothing. */
    @Test
    void figuresOfPluginsAreJudgedByTheirDirection() {
        assertEquals(
                new Verdict(Mood.GOOD, "as high as training rows score"),
                of(figure("my_gap", 0.96, 0.97, Better.MORE)));
        assertEquals(Mood.POOR, of(figure("my_share", 0.1, 0.97, Better.MORE)).mood());
        assertEquals(Mood.GOOD, of(distance("my_share", 0.1, 0.97)).mood());
        assertEquals(
                new Verdict(Mood.NONE, ""), of(Figure.of("mine", "count_gap", 3).withFloor(2)));
    }

    @Test
    void copyingIsSeen() {
        assertEquals(
                Mood.GOOD,
                of(figure("nearest_neighbour_ratio", 1.03, 0.98, Better.NEAR_FLOOR))
                        .mood());
        assertEquals(
                new Verdict(Mood.POOR, "below that of real rows"),
                of(figure("nearest_neighbour_ratio", 0.2, 0.98, Better.NEAR_FLOOR)));
    }

    @Test
    void classifiersAreJudgedByChance() {
        assertEquals(
                Mood.GOOD,
                of(figure("c2st_logistic", 0.52, 0.49, Better.CHANCE).withError(0.011))
                        .mood());
        assertEquals(
                new Verdict(Mood.POOR, "the classifier is right 83 % of the time"),
                of(figure("c2st_logistic", 0.83, 0.49, Better.CHANCE).withError(0.01)));
    }

    @Test
    void likelihoods() {
        Figure train = Figure.of("log_likelihood", "train", -1);
        assertEquals(
                Mood.GOOD,
                of(Figure.of("log_likelihood", "heldout", -1.01), train).mood());
        assertEquals(
                new Verdict(Mood.FAIR, "training rows score 0.30 nats higher: some overfitting"),
                of(Figure.of("log_likelihood", "heldout", -1.3), train));
        assertEquals(
                Mood.GOOD, of(Figure.of("log_likelihood", "heldout_gap", 0.01)).mood());
        assertEquals(
                Mood.POOR,
                of(Figure.of("log_likelihood", "heldout_gap", 0.3).withError(0.01))
                        .mood());
        // Rows that a box cuts off make this one negative without a fault.
        assertEquals(
                Mood.GOOD,
                of(Figure.of("log_likelihood", "heldout_possible_gap", -0.16).withError(0.001))
                        .mood());
        assertEquals(
                Mood.FAIR,
                of(Figure.of("log_likelihood", "heldout_possible_gap", 0.07)).mood());
    }

    @Test
    void aMeanAboveTheExactOneIsAnAlarm() {
        Figure gap = Figure.of("log_likelihood", "heldout_gap", -0.16).withError(0.001);
        Verdict verdict = of(gap, Figure.of("log_likelihood", "heldout", -1).withError(1e-4));
        assertEquals(Mood.POOR, verdict.mood());
        assertTrue(verdict.words().startsWith("impossible: 0.16 nats above"), verdict.words());
        assertTrue(verdict.words().contains("159 standard errors"), verdict.words());
        // Three errors are within reach of chance, and an integration error is an error.
        assertEquals(
                Mood.GOOD,
                of(Figure.of("log_likelihood", "heldout_gap", -0.0029).withError(0.001))
                        .mood());
        assertEquals(
                Mood.POOR,
                of(Figure.of("log_likelihood", "heldout_gap", -0.0031).withError(0.001))
                        .mood());
        assertEquals(
                Mood.GOOD,
                of(gap, Figure.of("log_likelihood", "heldout", -1).withError(0.06))
                        .mood());
        assertEquals(
                "training rows score higher than under the exact density: overfitting",
                of(Figure.of("log_likelihood", "train_gap", -0.16).withError(0.001))
                        .words());
    }

    @Test
    void theAlarmOfARunIsOneSentence() {
        List<Figure> figures = List.of(
                Figure.of("log_likelihood", "heldout", -1).withError(1e-4),
                Figure.of("log_likelihood", "heldout_gap", -0.16).withError(0.001));
        assertTrue(
                AboveExact.of(figures)
                        .orElseThrow()
                        .startsWith("the mean log-likelihood of held-out rows is 0.16 nats above"),
                AboveExact.of(figures).orElseThrow());
        assertEquals(Optional.empty(), AboveExact.of(figures.subList(0, 1)));
    }

    @Test
    void energies() {
        Figure reference = Figure.of("energy", "mean_reference", 4.9).withError(0.02);
        assertEquals(
                Mood.GOOD,
                of(Figure.of("energy", "mean_samples", 4.87).withError(0.014), reference)
                        .mood());
        assertEquals(
                new Verdict(Mood.POOR, "2.1 above the reference"),
                of(Figure.of("energy", "mean_samples", 7).withError(0.014), reference));
    }

    @Test
    void whatIsNotFiniteIsNeverGood() {
        assertEquals(Mood.POOR, of(distance("mmd", Double.NaN, 0.1)).mood());
        assertEquals(
                Mood.POOR, of(distance("mmd", Double.NEGATIVE_INFINITY, 0.1)).mood());
        assertEquals(
                Mood.POOR,
                of(Figure.of("log_likelihood", "heldout", Double.NEGATIVE_INFINITY))
                        .mood());
    }
}
