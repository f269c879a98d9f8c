package org.eigendrift.engine.law.given;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Decision;

/**
 * Rows as they are fitted: in coordinates of the prior, weighed by prior over proposal.
 *
 * @param open columns that are modelled, ascending; shared
 * @param given columns that are given, ascending; shared
 * @param coordinates of the modelled columns
 * @param known of the given columns
 * @param walls bounds of these
 * @param prior of the modelled columns, if it is known
 * @param counts how much a row counts by its modelled columns
 * @param shift what is added to logarithms of weights
 * @param sample the rows
 */
record Simulated(
        int[] open,
        int[] given,
        Coordinates coordinates,
        Coordinates known,
        Walls walls,
        Optional<Prior> prior,
        Counts counts,
        double shift,
        Sample sample) {

    static Simulated of(ConditionalLawProvider.Options options, Points rows, int[] given, List<Column> columns) {
        int[] open = Regressions.others(given, columns.size());
        Walls own = Walls.of(columns).of(open);
        double[][] a = Scaling.columns(rows, open);
        double[][] b = Scaling.columns(rows, given);
        Counts counts = new Counts(
                options.prior(),
                options.proposal(),
                ConditionalLawProvider.names(open, columns),
                ConditionalLawProvider.names(given, columns));
        Coordinates known = Coordinates.plain(given.length);
        if (counts.prior().isEmpty()) {
            Coordinates plain = Coordinates.plain(open.length);
            return new Simulated(open, given, plain, known, own, Optional.empty(), counts, 0, Sample.of(a, b));
        }
        Prior prior = counts.prior().get();
        double shift = counts.weighed() ? shift(counts.logs(a)) : 0;
        Walls walls = own.in(prior.coordinates()).and(prior.lower(), prior.upper());
        Sample sample = counts.sample(a, b, shift, prior.coordinates());
        return new Simulated(open, given, prior.coordinates(), known, walls, counts.prior(), counts, shift, sample);
    }

    /** A shift of too few rows is refused. */
    private static double shift(double[] logs) {
        double shift = Sample.shift(logs);
        double effective = Arrays.stream(logs).map(log -> Math.exp(log + shift)).sum();
        if (!(effective >= ConditionalLawProvider.FEWEST)) {
            throw InputException.at(
                    "proposal",
                    String.format(
                            Locale.ROOT,
                            "%,d rows drawn from it count as %.1f drawn from the prior, expected at least %d; simulate more, or nearer to the prior",
                            logs.length,
                            Double.isNaN(effective) ? 0 : effective,
                            ConditionalLawProvider.FEWEST));
        }
        return shift;
    }

    /** The same rows with each column by its own bend, but modelled ones as a prior has them; empty if none is bent. Of plain columns only. */
    Optional<Simulated> bent() {
        Coordinates modelled = prior.isPresent() ? coordinates : Coordinates.of(sample.a(), open.length);
        Coordinates others = Coordinates.of(sample.b(), given.length);
        if (modelled.equals(coordinates) && others.equals(known)) {
            return Optional.empty();
        }
        Sample rows = prior.isPresent() ? sample : new Sample(modelled.to(sample.a()), sample.b(), sample.weights());
        Walls between = prior.isPresent() ? walls : walls.in(modelled);
        return Optional.of(new Simulated(open, given, modelled, others, between, prior, counts, shift, rows));
    }

    /** The same with at most so many rows, evenly spaced. */
    Simulated thinned(int most) {
        int[] rows = Sample.evenly(sample.size(), most);
        return new Simulated(open, given, coordinates, known, walls, prior, counts, shift, sample.select(rows));
    }

    RegressionsFit fit(RunContext run) {
        return new RegressionsFit(open, given, coordinates, known, walls, prior, run);
    }

    /** What is said of the weights. */
    List<Decision> decisions() {
        if (!counts.weighed()) {
            return List.of();
        }
        double effective = sample.effective();
        return List.of(Decision.told(String.format(
                Locale.ROOT,
                "rows are weighed by prior over proposal, and count as %,.0f of %,d%s",
                effective,
                sample.size(),
                effective < Certainty.FEW ? ": fewer than 100, so that the law is rough" : "")));
    }
}
