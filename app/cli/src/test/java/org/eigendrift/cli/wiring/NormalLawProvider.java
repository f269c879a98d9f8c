package org.eigendrift.cli.wiring;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalDouble;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Outcome;

/** A kind of law in one class: independent normal columns. */
public final class NormalLawProvider implements LawProvider<NormalLawProvider.Options> {
    private static final String NAME = "independent-normal";

    record Options(
            @Option(doc = "Factor of the deviations.", value = "1", min = 0, open = true)
            double widen) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "independent normal columns";
    }

    @Override
    public OptionSchema<Options> options() {
        return OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Normal create(Options options, LawContext context) {
        Points rows = InMemory.read(context.train(), Integer.MAX_VALUE);
        double[] means = new double[rows.dim()];
        double[] deviations = new double[rows.dim()];
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 0; n < rows.size(); n++) {
                means[i] += rows.get(i, n) / rows.size();
            }
            for (int n = 0; n < rows.size(); n++) {
                deviations[i] += Math.pow(rows.get(i, n) - means[i], 2) / rows.size();
            }
            deviations[i] = options.widen() * Math.sqrt(deviations[i]);
        }
        Decision decision = new Decision(
                "widen",
                Double.toString(options.widen()),
                List.of(new Decision.Alternative("1.0", OptionalDouble.of(-0.5), OptionalDouble.empty(), "")),
                "as configured");
        return new Normal(
                context.train().columns(), means, deviations, new Provenance(NAME, rows.size(), List.of(decision)));
    }

    @Override
    public Normal restore(LawReader in) {
        double[] means = in.doubles("means");
        double[] deviations = in.doubles("deviations");
        if (means.length != in.columns().size() || deviations.length != means.length) {
            throw new InputException(means.length + " means for " + in.columns().size() + " columns");
        }
        return new Normal(in.columns(), means, deviations, in.provenance());
    }

    /** The law. */
    record Normal(List<Column> columns, double[] means, double[] deviations, Provenance provenance)
            implements StoredLaw {
        @Override
        public Scores logDensity(Points x, RunContext run) {
            double[] nats = new double[x.size()];
            for (int n = 0; n < nats.length; n++) {
                for (int i = 0; i < x.dim(); i++) {
                    double z = (x.get(i, n) - means[i]) / deviations[i];
                    nats[n] -= 0.5 * (z * z + Math.log(2 * Math.PI)) + Math.log(deviations[i]);
                }
            }
            return new Scores(nats, 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            CounterRandom random = run.random(0x4E4F524DL);
            Points rows = Points.zeros(means.length, request.count());
            for (int n = 0; n < rows.size(); n++) {
                for (int i = 0; i < means.length; i++) {
                    rows.set(i, n, means[i] + deviations[i] * random.normal(request.first() + n, i));
                }
            }
            return new Draws(rows, new Outcome(0, 0, 0));
        }

        @Override
        public void write(LawWriter out) {
            out.doubles("means", means);
            out.doubles("deviations", deviations);
        }
    }
}
