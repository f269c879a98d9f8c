package org.eigendrift.engine.atlas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.settings.FitSettings;

/** Atlases of given mixtures: what is tested here does not depend on how a mixture is found. */
public final class Atlases {
    private Atlases() {}

    /**
     * A mixture of three components that overlap: means -1, 0 and 1 in every coordinate that is no angle, evenly spaced
     * on the circle in angles; deviations 0.7; weights 0.5, 0.3 and 0.2.
     */
    public static ChartMixture three(List<Column> columns) {
        int dim = columns.size();
        int real = (int)
                columns.stream().filter(c -> c.kind() != Column.Kind.ANGLE).count();
        double[] scale = new double[dim];
        Arrays.fill(scale, 1);
        double[] means = new double[3 * dim];
        double[] whitenings = new double[3 * real * real];
        double[] deviations = new double[3 * (dim - real)];
        Arrays.fill(deviations, 0.7);
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < dim; i++) {
                means[k * dim + i] = i < real ? k - 1 : 2 * Math.PI * k / 3;
            }
            for (int i = 0; i < real; i++) {
                whitenings[(k * real + i) * real + i] = 1 / 0.7;
            }
        }
        return ChartMixture.restore(
                columns,
                State.of(Map.of(
                        "shift", new double[dim],
                        "scale", scale,
                        "weights", new double[] {0.5, 0.3, 0.2},
                        "means", means,
                        "whitenings", whitenings,
                        "deviations", deviations)),
                Families.CATALOG);
    }

    /** The probability flow in so many steps. */
    static Sampler sampler(int steps) {
        return sampler(Map.of("type", "pf-ode", "steps", steps));
    }

    static Sampler sampler(Map<String, Object> block) {
        return Choices.bind(SamplerProvider.KIND, block, "type", "sampler", Path.of(""), Families.CATALOG, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow()
                .create(RunContext.quiet(7));
    }

    /** An ordinary fit of the rows of each component. */
    public static Mixture fit(
            Dataset rows, ChartMixture mixture, FitSettings settings, ProviderLookup providers, RunContext run) {
        FittedModel all = Fit.of(rows, settings, providers, run);
        List<Member> charts = new ArrayList<>();
        for (int k = 0; k < mixture.size(); k++) {
            charts.add(new Member(1.0 / mixture.size(), OptionalInt.of(k), all));
        }
        Mixture atlas = new Mixture(charts, Optional.of(mixture));
        List<FittedModel> models = new ArrayList<>();
        for (int k = 0; k < charts.size(); k++) {
            models.add(Fit.of(atlas.rowsOf(k, rows), settings, providers, run));
        }
        return atlas.withLaws(models);
    }

    /** A chart of all rows of the given weight beside those of an atlas. */
    public static Mixture with(FittedModel all, double weight, Mixture atlas) {
        List<Member> charts = new ArrayList<>();
        charts.add(new Member(weight, OptionalInt.empty(), all));
        for (Member chart : atlas.members()) {
            charts.add(new Member((1 - weight) * chart.weight(), chart.cell(), chart.law()));
        }
        return new Mixture(charts, atlas.gate());
    }

    /** A member that is a flow. */
    public static FittedModel flow(Member member) {
        return (FittedModel) member.law();
    }

    /** Draws by a sampler. */
    public static Draws sample(Law law, Sampler sampler, int count, RunContext run) {
        return law.draw(new DrawRequest(0, count, Optional.of(sampler)), run);
    }
}
