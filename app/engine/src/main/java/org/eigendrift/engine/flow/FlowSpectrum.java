package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.report.Spectrum;

/** The spectrum of a flow: its functions by their columns and degrees. */
final class FlowSpectrum {
    /** A function of the basis is named by its columns and degrees: {@code x1:3 x2:1}. */
    private static final String DEGREE = ":";

    private FlowSpectrum() {}

    static Spectrum of(FittedModel model) {
        ProductBasis basis = model.basis();
        List<String> labels = new ArrayList<>();
        int[] orders = new int[basis.size()];
        double[] rates = new double[basis.size()];
        for (Cluster cluster : basis.clusters()) {
            for (int index = 0; index < cluster.size(); index++) {
                int function = labels.size();
                orders[function] = cluster.order();
                rates[function] = basis.rate(function);
                labels.add(label(model, cluster, cluster.position(index)));
            }
        }
        return new Spectrum(
                labels,
                orders,
                rates,
                model.table().functionMeans(basis),
                model.report().rows());
    }

    private static String label(FittedModel model, Cluster cluster, int position) {
        StringJoiner label = new StringJoiner(" ");
        for (int axis = 0; axis < cluster.order(); axis++) {
            String column =
                    model.frames().columns().get(cluster.coordinate(axis)).name();
            label.add(column + DEGREE + cluster.functionAt(position, axis));
        }
        return label.toString();
    }
}
