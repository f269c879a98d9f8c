package org.eigendrift.cli.wiring;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.ProviderLookup;

/** A gate in one class: rows below a value of the first column, and the others. */
public final class HalvesProvider implements GateProvider<HalvesProvider.Options> {
    private static final String NAME = "halves";

    record Options(
            @Option(doc = "Where to cut.", value = "0") double at) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "two halves of the first column";
    }

    @Override
    public OptionSchema<Options> options() {
        return OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Gate create(Options options, LawContext context) {
        return new Halves(options.at());
    }

    @Override
    public Gate restore(List<Column> columns, State state, ProviderLookup providers) {
        double[] at = state.get("at");
        if (at == null || at.length != 1) {
            throw new InputException("expected one number 'at'");
        }
        return new Halves(at[0]);
    }

    private record Halves(double at) implements Gate {
        @Override
        public String kind() {
            return NAME;
        }

        @Override
        public int cells() {
            return 2;
        }

        @Override
        public Given give(Points rows) {
            int[] cells = new int[rows.size()];
            for (int n = 0; n < cells.length; n++) {
                cells[n] = rows.get(0, n) < at ? 0 : 1;
            }
            return new Given(cells, new double[rows.size()]);
        }

        @Override
        public State state() {
            return State.of(Map.of("at", new double[] {at}));
        }
    }
}
