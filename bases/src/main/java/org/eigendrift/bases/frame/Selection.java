package org.eigendrift.bases.frame;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;

/** Which columns a frame maps. */
final class Selection {
    private Selection() {}

    /** How many columns are mapped. */
    static int count(boolean[] selected) {
        int count = 0;
        for (boolean one : selected) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /**
     * The columns to map: those named, or, where none is named, all of the kinds that the frame maps.
     *
     * @param frame the frame's name, for messages
     * @param columns all columns
     * @param names the option {@code columns}; empty for all that fit
     * @param fits whether the frame maps columns of a kind
     * @return one flag a column
     * @throws InputException if a name is unknown, or names a column of a kind the frame does not map
     */
    static boolean[] of(String frame, List<Column> columns, List<String> names, Predicate<Column.Kind> fits) {
        List<String> known = columns.stream().map(Column::name).toList();
        for (String name : names) {
            int index = known.indexOf(name);
            if (index < 0) {
                throw new InputException(
                        "frame '" + frame + "', option columns: no column '" + name + "'" + Nearest.hint(name, known));
            }
            if (!fits.test(columns.get(index).kind())) {
                throw new InputException("frame '" + frame + "', option columns: column '" + name + "' is "
                        + columns.get(index).kind().name().toLowerCase(Locale.ROOT)
                        + ", which this frame passes through unchanged; leave it out");
            }
        }
        boolean[] selected = new boolean[columns.size()];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = names.isEmpty() ? fits.test(columns.get(i).kind()) : names.contains(known.get(i));
        }
        return selected;
    }
}
