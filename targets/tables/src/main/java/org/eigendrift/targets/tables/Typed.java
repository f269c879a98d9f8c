package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.tables.type.ColumnTypes;
import org.eigendrift.targets.tables.type.Numbers;

/**
 * The columns that are read, after declarations and detection.
 *
 * @param columns the columns
 * @param chosen place of each in the table
 * @param notes what the report should say of them
 */
record Typed(List<Column> columns, int[] chosen, List<String> notes) {
    /** Columns that a sentence names. */
    private static final int SHOWN = 24;

    /** Values below which it says little that all are whole numbers. */
    private static final int FEW = 20;

    /**
     * Brings declared kinds and findings together. A table of smooth real numbers alone stays one of numbers that are read as
     * such; of those with few decimals these are known.
     *
     * @param declared columns with the kinds that were declared, real where none was
     * @param findings one for each, or none if nothing was detected
     * @param handling what was declared
     * @return the columns
     * @throws InputException if no column is left
     */
    static Typed of(List<Column> declared, List<Finding> findings, Handling handling) {
        boolean keep = handling.missing() == Missing.KEEP;
        int[] all = IntStream.range(0, declared.size()).toArray();
        if (findings.isEmpty()) {
            List<Column> columns = declared.stream().map(c -> c.withGaps(keep)).toList();
            return new Typed(columns, all, List.of());
        }
        List<Optional<Column>> merged = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            merged.add(merged(declared.get(i), findings.get(i), handling));
        }
        boolean bare = handling.types().isEmpty()
                && merged.stream().allMatch(c -> c.isPresent() && c.get().smooth() && bare(c.get()));
        if (bare) {
            return new Typed(merged.stream().map(c -> numbers(c.orElseThrow())).toList(), all, List.of());
        }
        int[] chosen = IntStream.of(all).filter(i -> merged.get(i).isPresent()).toArray();
        if (chosen.length == 0) {
            throw new InputException("no column is left: "
                    + findings.stream()
                            .map(f -> "'" + f.name() + "' has " + f.reason())
                            .collect(Collectors.joining("; "))
                    + "; declare types, for example [[" + findings.get(0).name() + ", category]]");
        }
        List<Column> columns =
                IntStream.of(chosen).mapToObj(i -> merged.get(i).orElseThrow()).toList();
        return new Typed(columns, chosen, notes(findings, merged, handling.kinds()));
    }

    private static boolean bare(Column column) {
        return ColumnTypes.bare(column.format());
    }

    /** A column whose numbers have full precision unless they have decimals. That few numbers are whole says little. */
    private static Column numbers(Column column) {
        boolean full = !column.format().type().equals("number")
                || column.format().pattern().isEmpty();
        return full && bare(column) ? column.withFormat(Column.Format.PLAIN) : column;
    }

    /** A declared kind keeps what was found of its cells; what was found alone is taken as it is. */
    private static Optional<Column> merged(Column declared, Finding finding, Handling handling) {
        boolean keep = handling.missing() == Missing.KEEP;
        boolean few = !finding.declared() && finding.cells() - finding.gaps() < FEW;
        if (handling.kinds().declares(declared.name())) {
            return Optional.of(finding.column()
                    .map(found -> written(declared, found, few))
                    .orElse(declared)
                    .withGaps(keep && finding.gaps() > 0));
        }
        // A column without a value is read as before: the message about its gaps says so.
        if (finding.type().isEmpty() && finding.column().isEmpty()) {
            return keep ? Optional.empty() : Optional.of(declared);
        }
        return finding.column()
                .map(c -> few && c.kind() == Column.Kind.INTEGER
                        ? Column.real(c.name()).withFormat(c.format()).withObserved(c.within())
                        : c)
                .map(c -> c.withGaps(keep && finding.gaps() > 0));
    }

    /** A declared kind with the decimals and marks that its cells have. */
    private static Column written(Column declared, Column found, boolean few) {
        Column written = turned(decimals(declared, found, few));
        boolean open = declared.kind() == Column.Kind.REAL || declared.kind() == Column.Kind.POSITIVE;
        return open
                ? written.withObserved(found.kind().levelled() ? Numbers.span(found.levels()) : found.within())
                : written;
    }

    /**
     * Angles that are rounded to a part of the turn stand for half a step around them, 0 degrees too: their period begins half a step
     * earlier, so that what is rounded to 0 is not cut in two.
     */
    private static Column turned(Column column) {
        double steps = (column.upper() - column.lower()) / column.step();
        boolean parts =
                column.kind() == Column.Kind.ANGLE && column.step() > 0 && Math.abs(steps - Math.rint(steps)) < 1e-6;
        return parts
                ? Column.angle(column.name(), column.lower() - column.step() / 2, column.upper() - column.step() / 2)
                        .withStep(column.step())
                        .withFormat(column.format())
                : column;
    }

    private static Column decimals(Column declared, Column found, boolean few) {
        if (found.kind().levelled()) {
            return Numbers.written(declared, found.levels());
        }
        if (!bare(found) || found.kind() != Column.Kind.INTEGER) {
            return numbers(declared.withFormat(found.format()).withStep(found.step()));
        }
        return few ? declared : Numbers.written(declared, List.of("0"));
    }

    private static List<String> notes(List<Finding> findings, List<Optional<Column>> merged, ColumnKinds kinds) {
        List<String> notes = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (merged.get(i).isEmpty()) {
                notes.add("column '" + finding.name() + "' is left out: " + finding.reason());
            } else if (!finding.declared()
                    && !kinds.declares(finding.name())
                    && !(merged.get(i).get().smooth() && bare(merged.get(i).get()))) {
                taken.add(finding.name() + " " + finding.type() + " (" + finding.reason() + ")");
            }
        }
        if (!taken.isEmpty()) {
            String more = taken.size() > SHOWN ? "; ... (" + taken.size() + " in all)" : "";
            notes.add(
                    0,
                    "columns as their cells show them: "
                            + taken.stream().limit(SHOWN).collect(Collectors.joining("; ")) + more);
        }
        return List.copyOf(notes);
    }
}
