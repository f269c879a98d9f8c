package org.eigendrift.api.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;

/**
 * Something that is fitted to rows in stages: each says what to gather in the next reading, and what that gives is a result or
 * another stage. Plans that are joined by {@link #all} share their readings, so fitting many columns takes as many readings as
 * fitting the one that takes most. Immutable; thread-safe as long as the functions that it was made from are.
 *
 * @param <T> what is fitted
 */
public final class Plan<T> {
    private final List<Summary<?>> next;
    private final BiFunction<List<Object>, Passes, Plan<T>> then;
    private final T result;

    private Plan(List<Summary<?>> next, BiFunction<List<Object>, Passes, Plan<T>> then, T result) {
        this.next = next;
        this.then = then;
        this.result = result;
    }

    /**
     * A result that needs no reading.
     *
     * @param result the result
     * @param <T> its type
     * @return a plan without stages
     */
    public static <T> Plan<T> of(T result) {
        return new Plan<>(List.of(), null, result);
    }

    /**
     * One reading.
     *
     * @param summary what to gather
     * @param <S> its type
     * @return a plan whose result is what was gathered
     */
    @SuppressWarnings("unchecked")
    public static <S> Plan<S> read(Summary<S> summary) {
        // What comes back is what this summary gathered.
        return new Plan<>(List.of(summary), (gathered, passes) -> of((S) gathered.get(0)), null);
    }

    /**
     * Goes on, with further stages.
     *
     * @param following is given the result
     * @param <U> what is fitted then
     * @return the stages of this plan, then those that follow
     */
    public <U> Plan<U> then(Function<? super T, Plan<U>> following) {
        return next.isEmpty()
                ? following.apply(result)
                : new Plan<>(
                        next, (gathered, passes) -> then.apply(gathered, passes).then(following), null);
    }

    /**
     * Makes something of the result.
     *
     * @param function is given the result
     * @param <U> what it makes
     * @return the stages of this plan
     */
    public <U> Plan<U> map(Function<? super T, ? extends U> function) {
        return then(value -> of(function.apply(value)));
    }

    /**
     * Joins two plans, which share readings.
     *
     * @param other the other
     * @param function is given both results
     * @param <U> the other's result
     * @param <V> what the function makes
     * @return the stages of both
     */
    @SuppressWarnings("unchecked")
    public <U, V> Plan<V> with(Plan<U> other, BiFunction<? super T, ? super U, ? extends V> function) {
        // The results come in the order of the plans.
        return all(List.of(this.map(Object.class::cast), other.map(Object.class::cast)))
                .map(both -> function.apply((T) both.get(0), (U) both.get(1)));
    }

    /**
     * Joins plans, which share readings.
     *
     * @param plans any number
     * @param <T> their result
     * @return a plan of as many stages as the longest of them has
     */
    public static <T> Plan<List<T>> all(List<Plan<T>> plans) {
        List<Summary<?>> next = new ArrayList<>();
        plans.forEach(plan -> next.addAll(plan.next));
        if (next.isEmpty()) {
            return of(plans.stream().map(plan -> plan.result).toList());
        }
        return new Plan<>(List.copyOf(next), (gathered, passes) -> all(advanced(plans, gathered, passes)), null);
    }

    private static <T> List<Plan<T>> advanced(List<Plan<T>> plans, List<Object> gathered, Passes passes) {
        List<Plan<T>> advanced = new ArrayList<>(plans);
        int[] starts = new int[plans.size() + 1];
        for (int p = 0; p < plans.size(); p++) {
            starts[p + 1] = starts[p] + plans.get(p).next.size();
        }
        // Tasks within tasks would wait for threads that wait for them.
        Passes within = plans.size() == 1 ? passes : passes::read;
        passes.each(plans.size(), p -> {
            if (starts[p + 1] > starts[p]) {
                advanced.set(p, plans.get(p).then.apply(gathered.subList(starts[p], starts[p + 1]), within));
            }
        });
        return advanced;
    }

    /**
     * The same plan for rows that are made from those that are read.
     *
     * @param map makes as many rows, each from one; does not modify what it is given
     * @return a plan for the rows that are mapped
     */
    public Plan<T> through(UnaryOperator<Points> map) {
        if (next.isEmpty()) {
            return this;
        }
        List<Summary<?>> mapped = new ArrayList<>();
        next.forEach(summary -> mapped.add(new Through<>(summary, map)));
        return new Plan<>(
                mapped, (gathered, passes) -> then.apply(gathered, passes).through(map), null);
    }

    /**
     * The same plan for one column of the rows.
     *
     * @param column its number
     * @return a plan for rows of at least so many columns
     */
    public Plan<T> ofColumn(int column) {
        return through(new OneColumn(column));
    }

    /** Not a lambda: it travels to where the rows are. */
    private record OneColumn(int column) implements UnaryOperator<Points> {
        @Override
        public Points apply(Points rows) {
            return Points.wrap(1, rows.size(), rows.column(column));
        }
    }

    /**
     * What to gather in the next reading.
     *
     * @return none if the plan has its result
     */
    public List<Summary<?>> next() {
        return next;
    }

    /**
     * Reads as often as it takes.
     *
     * @param passes read the rows
     * @return the result
     */
    public T run(Passes passes) {
        Plan<T> here = this;
        while (!here.next.isEmpty()) {
            here = here.then.apply(passes.read(here.next), passes);
        }
        return here.result;
    }

    private record Through<S>(Summary<S> summary, UnaryOperator<Points> map) implements Summary<S> {
        @Override
        public String label() {
            return summary.label();
        }

        @Override
        public S zero() {
            return summary.zero();
        }

        @Override
        public void add(S into, Points rows, long first) {
            summary.add(into, map.apply(rows), first);
        }

        @Override
        public void merge(S into, S other) {
            summary.merge(into, other);
        }

        @Override
        public State write(S gathered) {
            return summary.write(gathered);
        }

        @Override
        public S read(State state) {
            return summary.read(state);
        }
    }
}
