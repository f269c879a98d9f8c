package org.eigendrift.api.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;

/** Distributed rows seen through a map. */
record Mapped(Distributed source, List<Column> columns, UnaryOperator<Points> map) implements Distributed {

    @Override
    public OptionalLong rows() {
        return source.rows();
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Object> read(List<Summary<?>> summaries) {
        // What comes back is what the one summary gathered: a list.
        return (List<Object>) source.read(List.of(new Joint(summaries, map))).get(0);
    }

    @Override
    public Distributed chosen(Choice choice) {
        return source.chosen(new ChoiceOfMapped(choice, map)).mapped(columns, map);
    }

    @Override
    public Reader open() {
        Reader reader = source.open();
        return new Reader() {
            @Override
            public int read(Points buffer) {
                Points x = Points.zeros(source.dim(), buffer.size());
                int count = reader.read(x);
                if (count > 0) {
                    buffer.paste(0, map.apply(count == x.size() ? x : x.slice(0, count)));
                }
                return count;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    private record ChoiceOfMapped(Choice choice, UnaryOperator<Points> map) implements Choice {
        @Override
        public int[] of(Points rows) {
            return choice.of(map.apply(rows));
        }
    }

    /** Several summaries as one, so that rows are mapped once for all of them. */
    private record Joint(List<Summary<?>> summaries, UnaryOperator<Points> map) implements Summary<List<Object>> {
        @Override
        public String label() {
            return summaries.stream().map(Summary::label).distinct().collect(Collectors.joining(", "));
        }

        @Override
        public List<Object> zero() {
            List<Object> zeros = new ArrayList<>();
            summaries.forEach(summary -> zeros.add(summary.zero()));
            return zeros;
        }

        @SuppressWarnings("unchecked")
        private Summary<Object> summary(int s) {
            // Only what this summary gathered stands at its place.
            return (Summary<Object>) summaries.get(s);
        }

        @Override
        public void add(List<Object> into, Points rows, long first) {
            Points mapped = map.apply(rows);
            for (int s = 0; s < summaries.size(); s++) {
                summary(s).add(into.get(s), mapped, first);
            }
        }

        @Override
        public void merge(List<Object> into, List<Object> other) {
            for (int s = 0; s < summaries.size(); s++) {
                summary(s).merge(into.get(s), other.get(s));
            }
        }

        @Override
        public State write(List<Object> gathered) {
            Map<String, double[]> all = new HashMap<>();
            for (int s = 0; s < summaries.size(); s++) {
                State state = summary(s).write(gathered.get(s));
                for (String name : state.names()) {
                    all.put(s + "." + name, state.get(name));
                }
            }
            return State.of(all);
        }

        @Override
        public List<Object> read(State state) {
            List<Map<String, double[]>> apart = new ArrayList<>();
            summaries.forEach(summary -> apart.add(new HashMap<>()));
            for (String name : state.names()) {
                int dot = name.indexOf('.');
                apart.get(Integer.parseInt(name.substring(0, dot))).put(name.substring(dot + 1), state.get(name));
            }
            List<Object> gathered = new ArrayList<>();
            for (int s = 0; s < summaries.size(); s++) {
                gathered.add(summary(s).read(State.of(apart.get(s))));
            }
            return gathered;
        }
    }
}
