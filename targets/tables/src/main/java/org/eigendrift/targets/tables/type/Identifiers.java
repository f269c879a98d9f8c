package org.eigendrift.targets.tables.type;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;

/**
 * Names, keys and free text: different in nearly every row, and no number that double precision holds. Such columns are left
 * out.
 */
public final class Identifiers extends BuiltInType {
    /** Rows below which texts that all differ may still be a category's. */
    private static final int LEAST = 10;

    /** Creates the provider. */
    public Identifiers() {}

    @Override
    public String name() {
        return "identifier";
    }

    @Override
    public String summary() {
        return "names, keys and free text, different in most rows; such columns are left out";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw wrong(name, "]", arguments);
        }
        return new TextDetector(text -> true, Identifiers::guess);
    }

    private static Optional<Guess> guess(CellStatistics seen) {
        boolean number = held(seen.values());
        boolean most = !seen.complete() || 2L * seen.values().size() > seen.present();
        if (number || seen.present() < LEAST || !most) {
            return Optional.empty();
        }
        boolean all = seen.values().size() == seen.present();
        boolean digits = seen.values().stream().allMatch(v -> NumberStyle.plain(v.text(), '.'));
        String what = digits ? "whole numbers of 2^53 or more, which double precision does not hold" : "texts";
        String often = all || !seen.complete() ? "in all rows" : "in most rows";
        return Optional.of(new Guess(Optional.empty(), 0.8, what + ", different " + often));
    }

    /** Whether texts are numbers of one unit, each in some style that a double holds; only the first are asked where there are many. */
    private static boolean held(List<Value> values) {
        NumberUnit unit =
                values.isEmpty() ? NumberUnit.NONE : NumberUnit.of(values.get(0).text());
        return values.stream().map(value -> unit.number(value.text())).allMatch(Identifiers::held);
    }

    private static boolean held(String number) {
        return NumberStyle.ALL.stream()
                .anyMatch(style -> style.reads(number)
                        && !(Math.abs(style.parse(number)) >= NumberDetector.EXACT && style.decimals(number) == 0));
    }

    @Override
    public double parse(String text, Column column) {
        return Double.NaN;
    }

    @Override
    public String format(double value, Column column) {
        return ColumnTypes.shortest(value);
    }

    @Override
    public String expected(Column column) {
        return "nothing, as identifiers are left out";
    }
}
