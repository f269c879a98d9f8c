package org.eigendrift.engine.flow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Supported.Impossible;
import org.eigendrift.api.score.DiffusionProcess;

/** Which columns are to blame for a row that a model's eigenfunctions do not reach. */
final class ImpossibleRow {
    private ImpossibleRow() {}

    /**
     * Names the columns.
     *
     * @param model the model
     * @param row in the data's coordinates; not modified
     * @return the reason, with the first of the columns as its example, or empty if the row lies within the support
     */
    static Optional<Impossible> reason(FittedModel model, double[] row) {
        Points z = model.frames().forward(Points.ofRows(row), new double[1]);
        DiffusionProcess process = model.scoreModel().process();
        int[] outside = IntStream.range(0, process.dim())
                .filter(i -> !Double.isNaN(z.get(i, 0)) && !process.domain(i).contains(z.get(i, 0)))
                .toArray();
        if (outside.length == 0) {
            return Optional.empty();
        }
        List<Column> framed = model.frames().columns();
        List<String> names =
                IntStream.of(outside).mapToObj(i -> framed.get(i).name()).toList();
        List<Column> data = model.columns();
        for (int j = 0; j < data.size(); j++) {
            if (data.get(j).name().equals(names.get(0))) {
                return Optional.of(
                        new Impossible(names, names.get(0) + " = " + number(row[j]), remedy(data.get(j), row[j])));
            }
        }
        Domain domain = process.domain(outside[0]);
        return Optional.of(new Impossible(
                names,
                names.get(0) + " = " + number(z.get(outside[0], 0))
                        + " in the frame's coordinates, where the support is [" + number(domain.lower()) + ", "
                        + number(domain.upper()) + "]",
                "choose a frame or a family whose support is wider"));
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
