package org.eigendrift.targets.tables.type;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Format;

/** Yes and no in the usual words: {@code boolean}, or {@code boolean, NO, YES} with the file's own. */
public final class Booleans extends Levels {
    /** Words for no and for yes, in lower case. */
    private static final List<List<String>> WORDS = List.of(
            List.of("false", "true"),
            List.of("no", "yes"),
            List.of("n", "y"),
            List.of("f", "t"),
            List.of("off", "on"),
            List.of("nein", "ja"),
            List.of("falsch", "wahr"),
            List.of("non", "oui"),
            List.of("faux", "vrai"),
            List.of("0", "1"));

    /** Creates the provider. */
    public Booleans() {}

    @Override
    public String name() {
        return "boolean";
    }

    @Override
    public String summary() {
        return "yes and no, in the usual words or as 0 and 1";
    }

    @Override
    public Detector detector(String name, List<String> arguments) {
        if (arguments.isEmpty()) {
            Set<String> texts = new TreeSet<>();
            return new TextDetector(
                    text -> texts.contains(text) || pair(text).isPresent() && texts.add(text) && texts.size() <= 2,
                    this::guess);
        }
        if (arguments.size() != 2 || arguments.get(0).equals(arguments.get(1))) {
            throw wrong(name, ", NO, YES] with two different words", arguments);
        }
        return new TextDetector(
                arguments::contains, seen -> Optional.of(guess(arguments.get(0), arguments.get(1), seen)));
    }

    private static Optional<List<String>> pair(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WORDS.stream().filter(pair -> pair.contains(lower)).findFirst();
    }

    private Optional<Guess> guess(CellStatistics seen) {
        if (seen.values().isEmpty()) {
            return Optional.empty();
        }
        String first = seen.values().get(0).text();
        List<String> pair = pair(first).orElseThrow();
        boolean numbers = pair.contains("0");
        String other = pair.get(1 - pair.indexOf(first.toLowerCase(Locale.ROOT)));
        if (seen.values().size() == 2) {
            String second = seen.values().get(1).text();
            if (!second.toLowerCase(Locale.ROOT).equals(other) || numbers && seen.present() < NumberDetector.FEW) {
                return Optional.empty();
            }
            other = second;
        } else if (numbers || first.length() == 1) {
            // One number or letter in all rows says nothing of yes and no.
            return Optional.empty();
        } else {
            other = like(first, other);
        }
        boolean no = pair.get(0).equals(first.toLowerCase(Locale.ROOT));
        return Optional.of(guess(no ? first : other, no ? other : first, seen));
    }

    private Guess guess(String no, String yes, CellStatistics seen) {
        Column column = Column.bool(seen.name(), no, yes).withFormat(new Format(name(), "", seen.gap()));
        return new Guess(Optional.of(column), 0.9, no + " and " + yes);
    }

    /** A word with capitals as another one has them. */
    private static String like(String model, String word) {
        if (model.equals(model.toUpperCase(Locale.ROOT))) {
            return word.toUpperCase(Locale.ROOT);
        }
        return Character.isUpperCase(model.charAt(0))
                ? Character.toUpperCase(word.charAt(0)) + word.substring(1)
                : word;
    }
}
