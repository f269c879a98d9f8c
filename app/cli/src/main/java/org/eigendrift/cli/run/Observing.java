package org.eigendrift.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.target.Target;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.PluginText;

/** What is observed of rows by the one guidance that observes: held-out rows, or the one row whose observation is given. */
final class Observing {
    private static final String OPERATOR = "operator";
    private static final String VALUE = "value";

    private final GuidanceSettings settings;
    private final Catalog catalog;
    private final int place;
    private final Map<String, Object> block;
    private final Operator operator;
    private final double noise;
    private final Optional<Points> truth;
    private final Points observed;

    private Observing(GuidanceSettings settings, int place, Target target, Catalog catalog, RunContext run) {
        this.settings = settings;
        this.catalog = catalog;
        this.place = place;
        this.block = Choices.write(settings.guidance().get(place), "type");
        List<Column> columns = target.train().columns();
        this.operator = PluginText.bind(
                        OperatorProvider.KIND, "guidance.operator", block.get(OPERATOR), Path.of(""), catalog)
                .create(columns);
        this.noise = ((Number) block.get("noise")).doubleValue();
        this.truth =
                settings.reconstruct() > 0 ? Optional.of(heldout(target, settings.reconstruct())) : Optional.empty();
        this.observed = truth.map(rows -> observed(rows, run)).orElseGet(this::given);
    }

    /**
     * Looks for what observes.
     *
     * @param settings what guides
     * @param target whose columns are observed
     * @param catalog finds operators
     * @param run keys the noise of observations
     * @return what is observed; empty if nothing is, or several things at once
     * @throws InputException if held-out rows are to be observed and there is no one observation, or there are no such rows
     */
    static Optional<Observing> of(GuidanceSettings settings, Target target, Catalog catalog, RunContext run) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < settings.guidance().size(); i++) {
            Map<String, Object> block = Choices.write(settings.guidance().get(i), "type");
            if (block.containsKey(OPERATOR) && block.containsKey(VALUE) && block.containsKey("noise")) {
                places.add(i);
            }
        }
        if (places.size() == 1) {
            return Optional.of(new Observing(settings, places.get(0), target, catalog, run));
        }
        if (settings.reconstruct() > 0) {
            throw new InputException(
                    "reconstruct: needs one guidance by an observation, '{type: moment-matched, operator:"
                            + " ..., noise: ...}', found " + places.size() + "; write several operators as one matrix");
        }
        return Optional.empty();
    }

    private static Points heldout(Target target, int count) {
        Points rows = target.heldout()
                .map(data -> InMemory.read(data, count))
                .orElseThrow(() -> new InputException("reconstruct: the target has no held-out rows to observe"));
        if (rows.size() < count) {
            throw new InputException("reconstruct: expected at most " + rows.size()
                    + ", as many held-out rows as the target has," + " found " + count);
        }
        return rows;
    }

    private Points observed(Points rows, RunContext run) {
        Points out = Points.zeros(operator.outputs(), rows.size());
        operator.apply(rows, out);
        for (int j = 0; j < out.dim(); j++) {
            for (int n = 0; n < out.size(); n++) {
                out.set(
                        j,
                        n,
                        out.get(j, n)
                                + noise * run.random(Purpose.RECONSTRUCTION).normal(n, j));
            }
        }
        return out;
    }

    private Points given() {
        List<?> value = (List<?>) block.get(VALUE);
        return Points.ofRows(
                value.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray());
    }

    Operator operator() {
        return operator;
    }

    double noise() {
        return noise;
    }

    /** Rows that were observed, if they are known. */
    Optional<Points> truth() {
        return truth;
    }

    /** What was observed, a point for each row. */
    Points observed() {
        return observed;
    }

    /** Guidance by what was observed of a row. */
    GuidanceSettings guidance(int row) {
        if (truth.isEmpty()) {
            return settings;
        }
        Map<String, Object> filled = new LinkedHashMap<>(block);
        filled.put(VALUE, Arrays.stream(observed.row(row)).boxed().toList());
        var all = new ArrayList<>(settings.guidance());
        all.set(place, PluginText.bind(GuidanceProvider.KIND, "guidance", filled, Path.of(""), catalog));
        return settings.observing(all);
    }

    /** The run of a row's draws: that of the first is the run itself. */
    static RunContext run(RunContext run, int row) {
        return row == 0
                ? run
                : run.withSeed(run.random(Purpose.RECONSTRUCTION, 1).bits(row, 0));
    }
}
