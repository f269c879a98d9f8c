package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.score.DiffusionProcess;

/** Which columns are to blame for rows whose log-likelihood is negative infinity. */
public final class ImpossibleRows {
    /** Columns that a sentence names. */
    private static final int SHOWN = 5;

    private ImpossibleRows() {}

    /**
     * Names the columns.
     *
     * @param model the model
     * @param rows rows in the data's coordinates; not modified
     * @param nats their log-likelihoods; not modified
     * @param which what the rows are called: {@code held-out}
     * @return one sentence, or empty if every row has a finite likelihood
     */
    public static Optional<String> sentence(FittedModel model, Points rows, double[] nats, String which) {
        int[] impossible = IntStream.range(0, rows.size())
                .filter(n -> nats[n] == Double.NEGATIVE_INFINITY)
                .toArray();
        if (impossible.length == 0) {
            return Optional.empty();
        }
        Points z = model.frames().forward(rows, new double[rows.size()]);
        DiffusionProcess process = model.scoreModel().process();
        int[] blamed = new int[process.dim()];
        String example = "";
        for (int n : impossible) {
            for (int i = 0; i < blamed.length; i++) {
                if (!process.domain(i).contains(z.get(i, n))) {
                    blamed[i]++;
                    if (example.isEmpty()) {
                        example = example(model, rows, z, i, n, process.domain(i));
                    }
                }
            }
        }
        String share = impossible.length + " of " + rows.size() + " " + which
                + (impossible.length == 1 ? " rows has" : " rows have") + " a log-likelihood of negative infinity";
        return Optional.of(
                example.isEmpty()
                        ? share
                        : share + ": outside the model's support in " + columns(model, blamed) + "; " + example);
    }

    private static String columns(FittedModel model, int[] blamed) {
        List<Integer> byCount = new ArrayList<>();
        for (int i = 0; i < blamed.length; i++) {
            if (blamed[i] > 0) {
                byCount.add(i);
            }
        }
        // The sort is stable: columns of one count keep their order.
        byCount.sort((a, b) -> Integer.compare(blamed[b], blamed[a]));
        String more = byCount.size() > SHOWN ? ", ... (" + byCount.size() + " in all)" : "";
        return byCount.stream()
                        .limit(SHOWN)
                        .map(i -> "'" + model.frames().columns().get(i).name() + "' (" + blamed[i] + ")")
                        .collect(Collectors.joining(", "))
                + more;
    }

    /** The first such value, in the data's own units where the frame's coordinate is one of its columns. */
    private static String example(FittedModel model, Points rows, Points z, int i, int n, Domain domain) {
        Column framed = model.frames().columns().get(i);
        String found = "row " + (n + 1) + " has ";
        List<Column> data = model.columns();
        for (int j = 0; j < data.size(); j++) {
            if (data.get(j).name().equals(framed.name())) {
                return found + framed.name() + " = " + number(rows.get(j, n)) + "; "
                        + remedy(data.get(j), rows.get(j, n));
            }
        }
        return found + framed.name() + " = " + number(z.get(i, n))
                + " in the frame's coordinates, where the support is [" + number(domain.lower()) + ", "
                + number(domain.upper()) + "]";
    }

    private static String remedy(Column column, double value) {
        if (column.kind() != Column.Kind.BOUNDED) {
            return "declare the column's bounds, or choose a family whose support is wider";
        }
        // A family may take a narrower support than the bounds.
        return value < column.lower() || value > column.upper()
                ? "its bounds are " + number(column.lower()) + " and " + number(column.upper()) + ": declare wider ones"
                : "choose a family whose support is wider";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
