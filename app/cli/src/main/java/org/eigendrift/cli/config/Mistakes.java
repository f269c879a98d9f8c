package org.eigendrift.cli.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.eigendrift.api.InputException;

/** Collects what is wrong with a configuration, so that the user sees all of it at once. */
final class Mistakes {
    private record Mistake(Place place, String message) {}

    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * Adds a mistake.
     *
     * @param place where it stands
     * @param message key and what is wrong with it, without a line break
     */
    void add(Place place, String message) {
        mistakes.add(new Mistake(place, message.replaceAll("\\s*\\R\\s*", " ")));
    }

    /**
     * Throws if there is a mistake.
     *
     * @throws InputException one line for each mistake, in the order of the configuration's lines
     */
    void check() {
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes.stream()
                    .sorted(Comparator.comparing(m -> m.place().line()))
                    .map(m -> m.place() + ": " + m.message())
                    .distinct()
                    .collect(Collectors.joining("\n")));
        }
    }
}
