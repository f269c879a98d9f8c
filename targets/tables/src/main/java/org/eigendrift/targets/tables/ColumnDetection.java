package org.eigendrift.targets.tables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eigendrift.api.Address;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.CellStatistics.Value;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.targets.tables.type.ColumnTypes;
import org.eigendrift.targets.tables.type.OrderedLevels;

/** What the columns of tables are taken for, found in one reading of each. */
final class ColumnDetection {
    /** Rows read at a time. */
    private static final int CHUNK = 1024;

    /** Values shown as examples. */
    private static final int EXAMPLES = 5;

    /** Types that anything of few levels is, when nothing better is found. */
    private static final Set<String> LAST_RESORT = Set.of("category", "identifier");

    private final List<Table> tables;
    private final Map<String, List<String>> declared;
    private final Map<String, ColumnType> types;
    private final List<String> names;
    private final Tally[] tallies;
    private final List<Map<String, ColumnType.Detector>> watching = new ArrayList<>();
    private final Stray[] strays;
    private final boolean[] asText;

    /** The first cell that kept a column from being one of numbers. */
    private record Stray(String text, Address place) {}

    /**
     * Prepares to look at tables.
     *
     * @param tables tables of the same columns
     * @param declarations one list [name, type, ...] for each column that is declared
     * @param types column types by name
     * @throws InputException if a declaration names no column, no type, or means nothing to its type
     */
    ColumnDetection(List<Table> tables, List<List<String>> declarations, Map<String, ColumnType> types) {
        this.tables = tables;
        this.types = types;
        Table first = tables.get(0);
        this.names = first.names();
        this.declared = declared(declarations, names, first.label());
        this.tallies = new Tally[names.size()];
        this.strays = new Stray[names.size()];
        this.asText = new boolean[names.size()];
        for (int i = 0; i < names.size(); i++) {
            tallies[i] = new Tally();
            watching.add(detectors(names.get(i)));
            int column = i;
            asText[i] = tables.stream().allMatch(t -> t.texts(column));
        }
    }

    private static Map<String, List<String>> declared(
            List<List<String>> declarations, List<String> names, String label) {
        Map<String, List<String>> declared = new LinkedHashMap<>();
        for (List<String> entry : declarations) {
            if (entry.size() < 2) {
                throw new InputException("types: expected [name, type, ...], found " + entry);
            }
            String name = entry.get(0);
            if (!names.contains(name)) {
                throw new InputException(label + ": types declares '" + name + "', which is not among the columns read"
                        + Nearest.hint(name, names));
            }
            if (declared.put(name, entry.subList(1, entry.size())) != null) {
                throw new InputException("types: column '" + name + "' is declared twice; keep one");
            }
        }
        return declared;
    }

    private Map<String, ColumnType.Detector> detectors(String name) {
        Map<String, ColumnType.Detector> detectors = new LinkedHashMap<>();
        List<String> entry = declared.get(name);
        if (entry == null) {
            types.forEach((type, of) -> detectors.put(type, of.detector(name, List.of())));
        } else {
            ColumnType type = types.get(entry.get(0));
            if (type == null) {
                throw new InputException("types: column '" + name + "': unknown column type '" + entry.get(0) + "'"
                        + Nearest.hint(entry.get(0), types.keySet()));
            }
            detectors.put(entry.get(0), type.detector(name, entry.subList(1, entry.size())));
        }
        return detectors;
    }

    /**
     * Reads the tables.
     *
     * @return one finding a column, in order
     * @throws InputException if a cell is not of its column's declared type, or numbers and texts are mixed
     */
    List<Finding> find() {
        String gap = "";
        for (Table table : tables) {
            read(table);
            gap = table.gap();
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            findings.add(finding(i, tallies[i].statistics(names.get(i), gap)));
        }
        return List.copyOf(findings);
    }

    private void read(Table table) {
        Points numbers = Points.zeros(names.size(), CHUNK);
        String[][] texts = new String[names.size()][];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = asText[i] ? new String[CHUNK] : null;
        }
        long[] places = new long[CHUNK];
        try (Table.Cells cells = table.open(asText)) {
            for (int count = cells.read(numbers, texts, places); count > 0; ) {
                for (int i = 0; i < texts.length; i++) {
                    look(table, i, numbers, texts[i], count, places);
                }
                count = cells.read(numbers, texts, places);
            }
        }
    }

    private void look(Table table, int column, Points numbers, String[] texts, int count, long[] places) {
        Tally tally = tallies[column];
        for (int n = 0; n < count; n++) {
            double number = numbers.get(column, n);
            if (texts != null && texts[n] != null) {
                String text = texts[n];
                tally.add(text);
                keep(table, column, text, places[n], detector -> detector.add(text));
            } else if (texts == null && Double.isFinite(number)) {
                // Both zeros are one value.
                tally.add(number + 0.0);
                keep(table, column, number, places[n], detector -> detector.add(number));
            } else {
                tally.gap();
            }
        }
    }

    private void keep(Table table, int column, Object cell, long place, Predicate<ColumnType.Detector> possible) {
        Map<String, ColumnType.Detector> detectors = watching.get(column);
        detectors.entrySet().removeIf(entry -> {
            if (asked(entry.getKey(), () -> possible.test(entry.getValue()))) {
                return false;
            }
            Address where = table.address(place).in(names.get(column));
            if (declared.containsKey(names.get(column))) {
                throw InputException.at(
                        where,
                        "found '" + shown(cell) + "', which is not of the declared type "
                                + declared.get(names.get(column)));
            }
            if (entry.getKey().equals("number")) {
                strays[column] = new Stray(shown(cell), where);
            }
            return true;
        });
    }

    private Optional<Guess> guess(String type, ColumnType.Detector detector, CellStatistics seen) {
        Optional<Guess> guess = asked(type, () -> detector.guess(seen));
        if (guess == null) {
            throw new PluginException(
                    types.get(type), "returned null for what it takes column '" + seen.name() + "' for");
        }
        guess.flatMap(Guess::column)
                .map(Column::name)
                .filter(name -> !name.equals(seen.name()))
                .ifPresent(name -> {
                    throw new PluginException(types.get(type), "calls column '" + seen.name() + "' '" + name + "'");
                });
        return guess;
    }

    /** What a column type throws is its own fault, not that of the reader that asked. */
    private <T> T asked(String type, Supplier<T> question) {
        try {
            return question.get();
        } catch (InputException | CancellationException | PluginException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw PluginException.thrown(types.get(type), e);
        }
    }

    /** A cell as it may stand in a message: one line, not too long. */
    private static String shown(Object cell) {
        String line = (cell instanceof Double number ? ColumnTypes.shortest(number) : (String) cell)
                .replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 40 ? line : line.substring(0, 37) + "...";
    }

    private Finding finding(int i, CellStatistics seen) {
        String name = names.get(i);
        Map<String, Guess> guesses = new LinkedHashMap<>();
        watching.get(i).forEach((type, detector) -> {
            if (seen.present() > 0) {
                guess(type, detector, seen).ifPresent(guess -> guesses.put(type, guess));
            }
        });
        String best = guesses.entrySet().stream()
                .max(Comparator.comparingDouble(e -> e.getValue().confidence()))
                .map(Map.Entry::getKey)
                .orElse("");
        boolean isDeclared = declared.containsKey(name);
        if (best.isEmpty() || !isDeclared && LAST_RESORT.contains(best)) {
            requireNoMixture(i, seen);
        }
        if (best.isEmpty() && seen.present() > 0) {
            throw InputException.at(
                    Address.of(tables.get(0).label()).in(name),
                    "not "
                            + (isDeclared ? "of its declared type " + declared.get(name) : "of any known type")
                            + "; declare another in types, or leave it out with columns");
        }
        // Of a column that was declared, rows to be filled or scored may lack every value.
        Optional<Column> valueless = isDeclared ? Optional.of(Column.real(name)) : Optional.empty();
        Guess guess = best.isEmpty() ? new Guess(valueless, 0, "no value in any row") : guesses.get(best);
        String reason = guess.reason() + (isDeclared ? " (declared)" : "");
        Optional<Column> column = guess.column().map(c -> c.withGaps(seen.gaps() > 0));
        column.filter(c -> ColumnTypes.ofOthers(types.get(best)))
                .ifPresent(c -> asked(best, () -> {
                    TypeCheck.check(types.get(best), c, seen.values());
                    return c;
                }));
        return new Finding(
                name,
                best,
                column,
                isDeclared,
                seen.cells(),
                seen.gaps(),
                seen.values().size(),
                seen.complete(),
                examples(seen),
                reason);
    }

    private static List<String> examples(CellStatistics seen) {
        return seen.values().stream()
                .sorted(Comparator.comparingLong(Value::count).reversed())
                .limit(EXAMPLES)
                .map(Value::text)
                .toList();
    }

    /** Numbers with a few texts among them are a column of numbers with a code for missing, or a mistake. */
    private void requireNoMixture(int column, CellStatistics seen) {
        Stray stray = strays[column];
        List<String> usual = usual(seen);
        List<Value> others = seen.values().stream()
                .filter(v -> !ColumnTypes.beside(v.text()).equals(Optional.of(usual)))
                .toList();
        long texts = others.stream().mapToLong(Value::count).sum();
        boolean few = others.isEmpty() || others.size() > MIXED || 2 * texts > seen.present();
        if (stray == null || few || OrderedLevels.levelsBeside(seen, others)) {
            return;
        }
        String codes =
                others.stream().map(Value::text).map(ColumnDetection::shown).collect(Collectors.joining(", "));
        throw InputException.at(
                stray.place,
                "found '" + shown(others.get(0).text()) + "', expected a number, as in " + (seen.present() - texts)
                        + " of "
                        + seen.present() + " cells; if it stands for a missing value, set missing_codes: [" + codes
                        + "]; if the column is not one of numbers, declare types: [[" + names.get(column)
                        + ", category]]");
    }

    /** What stands beside most of the numbers. */
    private static List<String> usual(CellStatistics seen) {
        Map<List<String>, Long> cells = new TreeMap<>(Comparator.comparing(List::toString));
        seen.values()
                .forEach(v -> ColumnTypes.beside(v.text()).ifPresent(unit -> cells.merge(unit, v.count(), Long::sum)));
        return cells.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(List.of());
    }

    /** Different texts among numbers up to which they look like codes. */
    private static final int MIXED = 5;
}
