package org.eigendrift.engine.law.given;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
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
    private static final int FEWEST = 20;

    /** Rows of the fit of which the model keeps what is given. */
    private static final int KEPT = 2_000;

    /** Creates the provider. */
    public ConditionalLawProvider() {}

    /**
     * The options; everything else is chosen by held-out rows.
     *
     * @param given columns that are given
     */
    public record Options(
            @Option(
                    doc = "columns that are given, at least one; the law is that of all other columns given these",
                    value = "[]")
            List<String> given) {}

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
        Points rows = InMemory.read(context.train(), Integer.MAX_VALUE);
        if (rows.size() < FEWEST) {
            throw InputException.at(
                    "law",
                    KIND + ": " + rows.size() + " rows, expected at least " + FEWEST + " to hold some of them out");
        }
        int[] open = Regressions.others(given, columns.size());
        double[][] a = Scaling.columns(rows, open);
        double[][] b = Scaling.columns(rows, given);
        Scaling modelled = Scaling.of(a, open.length);
        Scaling known = Scaling.of(b, given.length);
        ConditionalFit.Fitted fitted = new ConditionalFit(modelled.to(a), known.to(b), context.run()).fit();
        Regressions regressions = new Regressions(
                open, given, modelled, known, Walls.of(columns).of(open), fitted.weights(), fitted.experts());
        List<Decision> decisions =
                List.of(fitted.verdict().decision(), fitted.verdict().stacking());
        int step = (b.length + KEPT - 1) / KEPT;
        double[][] rest = IntStream.iterate(0, n -> n < b.length, n -> n + step)
                .mapToObj(n -> b[n])
                .toArray(double[][]::new);
        return new ConditionalLaw(columns, regressions, rest, new Provenance(KIND, rows.size(), decisions));
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
        return ConditionalLaw.read(in);
    }
}
