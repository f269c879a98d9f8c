package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
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
     * @param fit of rows, at most as many as are compared
     */
    static Chosen of(Simulated plain, List<Column> columns, Function<Simulated, RegressionsFit.Fitted> fit) {
        Optional<Simulated> bent = plain.bent();
        if (bent.isEmpty()) {
            return new Chosen(plain, Optional.empty(), Optional.empty());
        }
        Tried asTheyAre = Tried.of(plain, fit);
        Tried curved = Tried.of(bent.get(), fit);
        Decision decision = Gain.decide(
                "coordinates",
                new Gain.Scored(PLAIN, asTheyAre.nats()),
                new Gain.Scored(words(bent.get(), columns), curved.nats()),
                "bent columns gain %.3f nats a held-out row, with a standard error of %.3f");
        Tried better = decision.chosen().equals(PLAIN) ? asTheyAre : curved;
        return new Chosen(better.all, Optional.of(decision), better.ofAll());
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
    private record Tried(Simulated all, Simulated some, RegressionsFit.Fitted fitted) {
        static Tried of(Simulated all, Function<Simulated, RegressionsFit.Fitted> fit) {
            Simulated some = all.thinned(MOST);
            return new Tried(all, some, fit.apply(some));
        }

        Optional<RegressionsFit.Fitted> ofAll() {
            return some.sample().size() == all.sample().size() ? Optional.of(fitted) : Optional.empty();
        }

        /** Log-densities of the modelled columns themselves in held-out rows. */
        double[] nats() {
            ConditionalFit.Judged judged = fitted.choice().all();
            Known modelled = new Known(some.coordinates(), fitted.regressions().modelled());
            double[] nats = new double[judged.nats().length];
            Arrays.setAll(
                    nats,
                    n -> judged.nats()[n] + modelled.logJacobian(some.sample().a()[judged.rows()[n]]));
            return nats;
        }
    }
}
