package org.eigendrift.engine.law.given;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** The law of some columns given the others. */
public final class ConditionalLawProvider implements LawProvider<ConditionalLawProvider.Options> {
    private static final String KIND = "conditional";
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    static final int FEWEST = 20;

    /** Creates the provider. */
    public ConditionalLawProvider() {}

    /**
     * The options; everything else is chosen by held-out rows.
     *
     * @param given columns that are given
     * @param near the observation near which the law is meant
     * @param rows how many rows count as near
     * @param prior densities of the modelled columns before anything is given
     * @param proposal densities from which the rows' modelled columns were drawn
     * @param likelihood whether a prior times a likelihood is tried
     */
    public record Options(
            @Option(
                    doc = "columns that are given, at least one; the law is that of all other columns given these",
                    value = "[]")
            List<String> given,

            @Option(
                    doc =
                            "the observation near which alone the law is meant, a value of each given column, '[x1 = 0.3, x2 = -1]': the rows nearest "
                                    + "to it are fitted; none for anywhere",
                    value = "[]")
            List<String> near,

            @Option(
                    doc = "how many rows count as near; auto: as many as describe held-out rows near there best",
                    value = "auto",
                    min = 20)
            OptionalInt rows,

            @Option(
                    doc =
                            "what was known of the modelled columns, a density of each: 't1, t2 ~ uniform(-1, 1)', 't3 ~ normal(0, 0.5)', "
                                    + "'t4 ~ lognormal(-1, 0.5)' with mean and deviation of the logarithm, 't5, t6 ~ normal([0, 0], [[1, 0.5], [0.5, 1]])' "
                                    + "with a covariance; none if it is not known",
                    value = "[]")
            List<String> prior,

            @Option(
                    doc =
                            "densities from which the rows' modelled columns were drawn, if not from the prior: rows are weighed by prior over proposal",
                    value = "[]")
            List<String> proposal,

            @Option(
                    doc =
                            "where a prior is known, a curved law of what is given on the modelled columns, times the prior. auto: where held-out rows are "
                                    + "likelier by it than by regressions; none: regressions alone, which can be merged and unlearn rows",
                    value = "auto")
            Likelihood likelihood) {}

    /** Whether a likelihood is tried. */
    public enum Likelihood {
        /** Where it is the better law. */
        AUTO,
        /** Never. */
        NONE
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public String summary() {
        return "Some columns given the others: mixtures of regressions, as for posteriors of simulators";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public StoredLaw create(Options options, LawContext context) {
        List<Column> columns = context.train().columns();
        int[] given = given(options.given(), columns);
        if (options.near().isEmpty() && options.rows().isPresent()) {
            throw InputException.at("rows", "is read with 'near' alone; leave it out, or say near which observation");
        }
        Points rows = InMemory.read(context.train(), Integer.MAX_VALUE);
        if (rows.size() < FEWEST) {
            throw InputException.at(
                    "law",
                    KIND + ": " + rows.size() + " rows, expected at least " + FEWEST
                            + " to hold some of them out; give it more, or set holdout: 0 in target");
        }
        Simulated plain = Simulated.of(options, rows, given, columns);
        // Mistakes are told before anything is fitted.
        Optional<double[]> observation = options.near().isEmpty()
                ? Optional.empty()
                : Optional.of(Observation.of(options.near(), names(given, columns)));
        int size = plain.sample().size();
        options.rows().ifPresent(near -> named(near, size));
        CoordinateChoice.Chosen chosen = CoordinateChoice.of(
                plain, columns, some -> some.fit(context.run()).fit(some.sample()));
        return observation.isPresent()
                ? near(options, observation.get(), columns, chosen, context.run())
                : anywhere(options, columns, chosen, context.run());
    }

    private static StoredLaw anywhere(
            Options options, List<Column> columns, CoordinateChoice.Chosen chosen, RunContext run) {
        Simulated simulated = chosen.simulated();
        int[] all = IntStream.range(0, simulated.sample().size()).toArray();
        RegressionsFit.Fitted fitted =
                chosen.fitted().orElseGet(() -> simulated.fit(run).fit(simulated.sample()));
        ConditionalLaw law = law(columns, fitted, simulated, all, Optional.empty(), chosen.decisions());
        return options.likelihood() == Likelihood.NONE
                ? law
                : LikelihoodFit.of(law, fitted.choice(), simulated.sample(), run)
                        .map(LikelihoodFit::fit)
                        .orElse(law);
    }

    private static StoredLaw near(
            Options options,
            double[] observation,
            List<Column> columns,
            CoordinateChoice.Chosen chosen,
            RunContext run) {
        Simulated simulated = chosen.simulated();
        Neighbours neighbours = new Neighbours(simulated.sample(), observation, simulated.fit(run));
        String words = String.join(", ", options.near());
        Neighbours.Found found = options.rows().isPresent()
                ? neighbours.named(options.rows().getAsInt(), words)
                : neighbours.best(words);
        boolean all = found.rows().length == simulated.sample().size();
        List<Decision> first = new ArrayList<>(chosen.decisions());
        first.add(found.decision());
        return law(
                columns,
                found.fitted(),
                simulated,
                found.rows(),
                all ? Optional.empty() : Optional.of(found.vicinity()),
                first);
    }

    static List<String> names(int[] which, List<Column> columns) {
        return IntStream.of(which).mapToObj(i -> columns.get(i).name()).toList();
    }

    private static void named(int rows, int all) {
        if (rows < FEWEST || rows > all) {
            throw InputException.at(
                    "rows", "found " + rows + ", expected " + FEWEST + " to " + all + ", as many as there are");
        }
    }

    private static ConditionalLaw law(
            List<Column> columns,
            RegressionsFit.Fitted fitted,
            Simulated simulated,
            int[] fit,
            Optional<Vicinity> vicinity,
            List<Decision> first) {
        Sample sample = simulated.sample().select(fit);
        // Which rows are nearest changes with others.
        Optional<Refit> refit = vicinity.isPresent()
                ? Optional.empty()
                : Optional.of(Refit.of(fitted.choice().parts(), sample, simulated.shift()));
        List<Decision> decisions = new ArrayList<>(first);
        decisions.add(fitted.choice().verdict().decision());
        decisions.add(fitted.choice().verdict().stacking());
        return new ConditionalLaw(
                columns,
                fitted.regressions(),
                Kept.of(sample),
                refit,
                vicinity,
                simulated.counts(),
                new Provenance(KIND, fit.length, decisions));
    }

    private static int[] given(List<String> named, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        if (named.isEmpty()) {
            throw InputException.at("given", "names no column, expected at least one of " + String.join(", ", names));
        }
        List<String> unknown = new ArrayList<>(named);
        unknown.removeAll(names);
        if (!unknown.isEmpty()) {
            throw InputException.at(
                    "given", "no column '" + unknown.get(0) + "'" + Nearest.hint(unknown.get(0), names));
        }
        int[] given = IntStream.range(0, names.size())
                .filter(i -> named.contains(names.get(i)))
                .toArray();
        if (given.length == names.size()) {
            throw InputException.at(
                    "given", "names all columns, and none is left to model; leave out those that are to be drawn");
        }
        return given;
    }

    @Override
    public StoredLaw restore(LawReader in) {
        return PosteriorLaw.isIn(in) ? PosteriorLaw.read(in) : ConditionalLaw.read(in);
    }
}
