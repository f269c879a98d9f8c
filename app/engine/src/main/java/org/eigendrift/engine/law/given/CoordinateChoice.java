package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.engine.likelihood.Gain;

/** Whether columns are modelled as they are or bent, by the rows that fits in each leave out. */
final class CoordinateChoice {
    /** Rows by which the two are compared, evenly spaced: the choice is fitted to all. */
    private static final int MOST = 1_000;

    private static final String PLAIN = "columns as they are";

    /**
     * What was chosen.
     *
     * @param simulated rows in the chosen coordinates
     * @param decision by what; empty where there is no choice
     * @param fitted what was fitted for that, if to all rows
     */
    record Chosen(Simulated simulated, Optional<Decision> decision, Optional<RegressionsFit.Fitted> fitted) {

        /** With those of the rows. */
        List<Decision> decisions() {
            List<Decision> all = new ArrayList<>(simulated.decisions());
            decision.ifPresent(all::add);
            return all;
        }
    }

    private CoordinateChoice() {}

    /**
     * Chooses.
     *
     * @param plain rows as they are
     * @param columns the table's
     * @param run seed, threads
     */
    static Chosen of(Simulated plain, List<Column> columns, RunContext run) {
        Optional<Simulated> bent = plain.bent();
        if (bent.isEmpty()) {
            return new Chosen(plain, Optional.empty(), Optional.empty());
        }
        Tried asTheyAre = new Tried(plain, run);
        Tried curved = new Tried(bent.get(), run);
        Decision decision = decide(asTheyAre.nats(), curved.nats(), words(bent.get(), columns));
        Tried better = decision.chosen().equals(PLAIN) ? asTheyAre : curved;
        return new Chosen(better.all, Optional.of(decision), better.ofAll());
    }

    /**
     * Decides.
     *
     * @param plain log-densities of held-out rows by the columns as they are; not modified
     * @param bent of the same rows, in the same units, by bent columns; not modified
     * @param words which columns are bent
     */
    static Decision decide(double[] plain, double[] bent, String words) {
        Gain gain = Gain.of(bent, plain);
        double[] none = new double[plain.length];
        // Rows that are impossible as columns are have no scatter.
        boolean better = gain.counts() || gain.mean() == Double.POSITIVE_INFINITY;
        return new Decision(
                "coordinates",
                better ? words : PLAIN,
                List.of(
                        Decision.Alternative.of(PLAIN, Gain.of(plain, none).mean(), 0),
                        Decision.Alternative.of(words, Gain.of(bent, none).mean(), gain.error())),
                String.format(
                        Locale.ROOT,
                        "bent columns gain %.3f nats a held-out row, with a standard error of %.3f",
                        gain.mean(),
                        gain.error()));
    }

    private static String words(Simulated bent, List<Column> columns) {
        List<String> names = new ArrayList<>();
        names(names, bent.open(), bent.coordinates(), columns);
        names(names, bent.given(), bent.known(), columns);
        return "asinh of " + String.join(", ", names);
    }

    private static void names(List<String> names, int[] which, Coordinates coordinates, List<Column> columns) {
        IntStream.range(0, which.length)
                .filter(i -> coordinates.bends().get(i).shape() == Bend.Shape.ASINH)
                .forEach(i -> names.add(columns.get(which[i]).name()));
    }

    /** A fit to some rows. */
    private static final class Tried {
        private final Simulated all;
        private final Simulated some;
        private final RegressionsFit.Fitted fitted;

        Tried(Simulated all, RunContext run) {
            this.all = all;
            this.some = all.thinned(MOST);
            this.fitted = some.fit(run).fit(some.sample());
        }

        Optional<RegressionsFit.Fitted> ofAll() {
            return some.sample().size() == all.sample().size() ? Optional.of(fitted) : Optional.empty();
        }

        /** Log-densities of the modelled columns themselves in held-out rows. */
        double[] nats() {
            ConditionalFit.Judged judged = fitted.choice().all();
            double units = Arrays.stream(fitted.regressions().modelled().scale())
                    .map(Math::log)
                    .sum();
            double[] nats = new double[judged.nats().length];
            Arrays.setAll(
                    nats,
                    n -> judged.nats()[n]
                            - units
                            + some.coordinates().logJacobian(some.sample().a()[judged.rows()[n]]));
            return nats;
        }
    }
}
