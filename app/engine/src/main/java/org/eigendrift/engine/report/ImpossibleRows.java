package org.eigendrift.engine.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eigendrift.api.Points;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Supported;

/** Counts the rows whose log-density is negative infinity, and which columns are to blame, part after part of a file. */
public final class ImpossibleRows {
    /** Columns that a sentence names. */
    private static final int SHOWN = 5;

    private final Law law;
    private final Map<String, Integer> blamed = new LinkedHashMap<>();
    private long seen;
    private long rows;
    private long impossible;
    private String example = "";

    /**
     * Begins without rows.
     *
     * @param law the law, which may be able to name columns
     */
    public ImpossibleRows(Law law) {
        this.law = law;
    }

    /**
     * Adds the rows that follow.
     *
     * @param part rows; not modified
     * @param nats their log-densities, NaN of rows that have none; not modified
     */
    public void add(Points part, double[] nats) {
        for (int n = 0; n < part.size(); n++) {
            seen++;
            rows += Double.isNaN(nats[n]) ? 0 : 1;
            if (nats[n] == Double.NEGATIVE_INFINITY) {
                impossible++;
                if (law instanceof Supported supported) {
                    supported.impossible(part.row(n)).ifPresent(this::blame);
                }
            }
        }
    }

    private void blame(Supported.Impossible reason) {
        reason.columns().forEach(column -> blamed.merge(column, 1, Integer::sum));
        if (example.isEmpty()) {
            example = "; row " + seen + " has " + reason.found() + "; " + reason.remedy();
        }
    }

    /**
     * How many there are.
     *
     * @return the count of impossible rows
     */
    public long count() {
        return impossible;
    }

    /**
     * Names the columns.
     *
     * @param which what the rows are called: {@code "held-out "}
     * @return one sentence with an example and a remedy, or empty if no row is impossible
     */
    public Optional<String> sentence(String which) {
        if (impossible == 0) {
            return Optional.empty();
        }
        String share = impossible + " of " + rows + " " + which + (impossible == 1 ? "rows has" : "rows have")
                + " a log-likelihood of negative infinity";
        return Optional.of(
                blamed.isEmpty() ? share : share + ": outside the model's support in " + columns() + example);
    }

    private String columns() {
        // The sort is stable: columns of one count keep the order in which they were met.
        List<Map.Entry<String, Integer>> byCount = blamed.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .toList();
        return byCount.stream()
                        .limit(SHOWN)
                        .map(column -> "'" + column.getKey() + "' (" + column.getValue() + ")")
                        .collect(Collectors.joining(", "))
                + (byCount.size() > SHOWN ? ", ... (" + byCount.size() + " in all)" : "");
    }
}
