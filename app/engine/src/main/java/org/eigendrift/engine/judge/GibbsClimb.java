package org.eigendrift.engine.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.law.Decision;

/**
 * Chooses pairs, degree and ridge of a Gibbs density one after the other, by the mean log-likelihood of held-out rows. In each direction it
 * goes on as long as that rises; where nothing could be normalised yet, it goes on in any case.
 */
public final class GibbsClimb {
    private final ToDoubleFunction<Place> score;
    private final double[] ridges;
    private final Map<Place, Double> scores = new LinkedHashMap<>();
    private Place best;

    /**
     * A candidate.
     *
     * @param pairs how many of the ranked pairs
     * @param degree largest sum of the degrees of a pair's functions
     * @param ridge place in the list of ridges
     */
    public record Place(int pairs, int degree, int ridge) {}

    /**
     * Prepares.
     *
     * @param score mean log-likelihood of held-out rows, in nats a row; negative infinity of what cannot be normalised
     * @param ridges ascending; shared, not to be modified
     */
    public GibbsClimb(ToDoubleFunction<Place> score, double[] ridges) {
        this.score = score;
        this.ridges = ridges;
    }

    /**
     * Climbs.
     *
     * @param counts numbers of pairs, the usual one first; all are tried
     * @param degrees in the order in which they are tried, at least one
     * @param ridge where the search of ridges begins
     * @return the best of all that were tried; of equals the first
     */
    public Place best(List<Integer> counts, List<Integer> degrees, int ridge) {
        best = new Place(counts.get(0), degrees.get(0), ridge);
        scores.put(best, score.applyAsDouble(best));
        counts.stream().skip(1).forEach(count -> rises(new Place(count, degrees.get(0), ridge)));
        int d = 1;
        while (d < degrees.size() && rises(new Place(best.pairs, degrees.get(d), ridge))) {
            d++;
        }
        for (int direction : new int[] {1, -1}) {
            int r = ridge + direction;
            while (r >= 0 && r < ridges.length && rises(new Place(best.pairs, best.degree, r))) {
                r += direction;
            }
        }
        return best;
    }

    /** Whether to go on in this direction. */
    private boolean rises(Place place) {
        double here = scores.computeIfAbsent(place, score::applyAsDouble);
        double most = scores.get(best);
        if (here > most) {
            best = place;
        }
        return here > most || most == Double.NEGATIVE_INFINITY;
    }

    /**
     * What was chosen, among what.
     *
     * @param dictionary of which functions, for the reader
     * @return the decision
     */
    public Decision decision(String dictionary) {
        return new Decision(
                Judged.GIBBS,
                dictionary + name(best),
                scores.entrySet().stream()
                        .map(e -> Decision.Alternative.of(name(e.getKey()), e.getValue(), Double.NaN))
                        .toList(),
                "held-out rows are likeliest, before steps to likelihood");
    }

    private String name(Place place) {
        return String.format(
                Locale.ROOT,
                "%d pairs of columns, degrees up to a sum of %d, ridge %.0e",
                place.pairs,
                place.degree,
                ridges[place.ridge]);
    }
}
