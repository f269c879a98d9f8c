package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.ProviderLookup;

/** Two cells: rows below the median of the first column, and the others. */
public final class MedianGate implements GateProvider<MedianGate.Options> {
    private static final String NAME = "median";
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public MedianGate() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "rows below the first column's median, and the others";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Gate create(Options options, LawContext context) {
        double[] sorted = InMemory.read(context.train(), Integer.MAX_VALUE).column(0);
        Arrays.sort(sorted);
        return new Halves(sorted[sorted.length / 2]);
    }

    @Override
    public Gate restore(List<Column> columns, State state, ProviderLookup providers) {
        double[] at = state.get("at");
        if (at == null || at.length != 1 || Double.isNaN(at[0])) {
            throw new InputException("the gate median has no number 'at'; the file is damaged");
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
