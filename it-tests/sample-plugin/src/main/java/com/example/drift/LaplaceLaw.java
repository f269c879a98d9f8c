package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Outcome;

/** Independent columns, each by Laplace's law around its median: the likeliest law of that form. */
public final class LaplaceLaw implements LawProvider<LaplaceLaw.Options> {
    private static final String NAME = "laplace";
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Drawn once at random: no other use of random numbers has it. */
    private static final long PURPOSE = 0x2b7e_1516_28ae_d2a6L;

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public LaplaceLaw() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "independent real columns with two exponential tails";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Law create(Options options, LawContext context) {
        Points rows = InMemory.read(context.train(), Integer.MAX_VALUE);
        double[] medians = new double[rows.dim()];
        double[] widths = new double[rows.dim()];
        for (int i = 0; i < rows.dim(); i++) {
            Column column = context.train().columns().get(i);
            if (column.kind() != Column.Kind.REAL || column.gaps()) {
                throw new InputException("column '" + column.name()
                        + "' is not real or has gaps, which the law laplace needs; use the law table");
            }
            double[] sorted = rows.column(i);
            Arrays.sort(sorted);
            double median = sorted[sorted.length / 2];
            medians[i] = median;
            widths[i] = Arrays.stream(sorted).map(x -> Math.abs(x - median)).sum() / sorted.length;
        }
        return law(context.train().columns(), medians, widths, new Provenance(NAME, rows.size(), List.of()));
    }

    @Override
    public Law restore(LawReader in) {
        return law(in.columns(), in.doubles("medians"), in.doubles("widths"), in.provenance());
    }

    /** Files may be damaged, and a column constant. */
    private static Law law(List<Column> columns, double[] medians, double[] widths, Provenance provenance) {
        if (medians.length != columns.size() || widths.length != columns.size()) {
            throw new InputException(medians.length + " medians and " + widths.length + " widths; expected "
                    + columns.size() + " of each, one for every column");
        }
        for (int i = 0; i < widths.length; i++) {
            if (!Double.isFinite(medians[i]) || !(widths[i] > 0 && widths[i] < Double.POSITIVE_INFINITY)) {
                throw new InputException("column '" + columns.get(i).name() + "' has the median " + medians[i]
                        + " and the width " + widths[i] + "; expected finite numbers, and a width above 0");
            }
        }
        return new Laplace(columns, medians, widths, provenance);
    }

    private record Laplace(List<Column> columns, double[] medians, double[] widths, Provenance provenance)
            implements StoredLaw {
        @Override
        public Scores logDensity(Points x, RunContext run) {
            double[] nats = new double[x.size()];
            for (int n = 0; n < nats.length; n++) {
                for (int i = 0; i < x.dim(); i++) {
                    // Columns are independent: a gap asks for the law of the others.
                    if (!Double.isNaN(x.get(i, n))) {
                        nats[n] -= Math.abs(x.get(i, n) - medians[i]) / widths[i] + Math.log(2 * widths[i]);
                    }
                }
            }
            return new Scores(nats, 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            CounterRandom random = run.random(PURPOSE);
            Points rows = Points.zeros(columns.size(), request.count());
            for (int n = 0; n < rows.size(); n++) {
                for (int i = 0; i < rows.dim(); i++) {
                    double u = 2 * random.uniform(request.first() + n, i) - 1;
                    rows.set(i, n, medians[i] - widths[i] * Math.signum(u) * Math.log1p(-Math.abs(u)));
                }
            }
            return new Draws(rows, new Outcome(0, 0, 0));
        }

        @Override
        public void write(LawWriter out) {
            out.doubles("medians", medians);
            out.doubles("widths", widths);
        }
    }
}
