package org.eigendrift.targets.tables.type;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;

/** Texts of which there are few: {@code category}, or {@code category} followed by its levels. */
public final class Categories extends Levels {

    /** Creates the provider. */
    public Categories() {}

    @Override
    public String name() {
        return "category";
    }

    @Override
    public String summary() {
        return "levels without an order, any text";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        HashSet<String> levels = new HashSet<>(arguments);
        if (levels.size() < arguments.size()) {
            throw wrong(name, ", LEVEL, LEVEL, ...] without repetition", arguments);
        }
        return new TextDetector(text -> levels.isEmpty() || levels.contains(text), seen -> guess(arguments, seen));
    }

    private Optional<Guess> guess(List<String> declared, CellStatistics seen) {
        if (declared.isEmpty() && !seen.complete()) {
            return Optional.empty();
        }
        List<String> levels = declared.isEmpty() ? sorted(seen) : declared;
        if (levels.isEmpty()) {
            return Optional.empty();
        }
        Column column = Column.category(seen.name(), levels).withFormat(new Format(name(), "", seen.gap()));
        String reason = levels.size() == 1 ? "one text in all rows" : levels.size() + " different texts";
        return Optional.of(new Guess(Optional.of(column), 0.3, reason));
    }
}
