package org.eigendrift.engine.file;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.model.SummedModel;

/** Puts a model into metadata and tensors, in the order of the format, all names under a prefix. */
final class ModelWriter {
    /** Tensor of the moment table. */
    static final String MOMENTS = "moments";

    /** Tensor of sums of A(t) at the model's times. */
    static final String GRID_SUMS = "grid.sums";

    /** The time down to which the last theta is held. */
    static final String GRID_END = "grid.end";

    private final SummedModel model;
    private final String prefix;
    private final SafetensorsWriter out;

    ModelWriter(SummedModel model, String prefix, SafetensorsWriter out) {
        if (!model.table().layout().basis().clusters().equals(model.basis().clusters())) {
            throw new IllegalArgumentException("the table was laid out for other functions than the model's");
        }
        this.model = model;
        this.prefix = prefix;
        this.out = out;
    }

    /** Whether a model holds A(t) at given times, not the moment table. */
    static boolean onGrid(SummedModel model) {
        return model.table().layout().onlyTimes().isPresent();
    }

    void rows() {
        out.metadata(prefix + "rows", Long.toString(model.table().rows()));
    }

    void configuration() {
        out.metadata(prefix + "config", Json.write(model.settings().write()));
    }

    /** All of a chart's model but the number of rows. */
    static void write(FittedModel model, String prefix, SafetensorsWriter out) {
        ModelWriter writer = new ModelWriter(model, prefix, out);
        writer.configuration();
        out.metadata(prefix + "report", Json.write(ModelText.report(model.report(), model.plan())));
        double[][] theta = new double[model.path().grid().steps() + 1][];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = model.path().at(j);
        }
        out.doubles(prefix + "grid.times", model.path().grid().times());
        if (model.path().end() < model.path().grid().last()) {
            out.doubles(prefix + GRID_END, new double[] {model.path().end()});
        }
        out.doubles(prefix + "theta", theta, model.basis().size());
        writer.functions();
    }

    /** Sums, frames, bases and clusters. */
    void functions() {
        long[] limbs = model.table().limbs();
        out.longs(prefix + (onGrid(model) ? GRID_SUMS : MOMENTS), limbs, limbs.length / 2, 2);
        double[][] ranges = new double[model.basis().dim()][];
        for (int i = 0; i < ranges.length; i++) {
            CoordinateBasis.Range range = model.basis().coordinate(i).range();
            ranges[i] = new double[] {range.lower(), range.upper()};
        }
        out.doubles(prefix + "ranges", ranges, 2);
        List<Frame> frames = model.frames().frames();
        for (int f = 0; f < frames.size(); f++) {
            Section.Out.state(out, prefix + "frame." + f + ".", frames.get(f).state());
        }
        for (int i = 0; i < model.basis().dim(); i++) {
            Section.Out.state(
                    out,
                    prefix + "basis." + i + ".",
                    model.basis().coordinate(i).basis().state());
        }
        clusters(model.basis().clusters());
        Map<String, Object> plugins = Fingerprint.of(model.frames(), model.basis());
        if (!plugins.isEmpty()) {
            out.metadata(prefix + Fingerprint.KEY, Json.write(plugins));
        }
    }

    private void clusters(List<Cluster> clusters) {
        int[] orders = clusters.stream().mapToInt(Cluster::order).toArray();
        int[] sizes = clusters.stream().mapToInt(Cluster::size).toArray();
        int axes = 0;
        int functions = 0;
        for (int c = 0; c < orders.length; c++) {
            axes += orders[c];
            functions += sizes[c];
        }
        int[] coordinates = new int[axes];
        int[] degrees = new int[axes];
        int[] positions = new int[functions];
        int axisAt = 0;
        int functionAt = 0;
        for (Cluster cluster : clusters) {
            for (int axis = 0; axis < cluster.order(); axis++) {
                coordinates[axisAt] = cluster.coordinate(axis);
                degrees[axisAt++] = cluster.degree(axis);
            }
            System.arraycopy(cluster.positions(), 0, positions, functionAt, cluster.size());
            functionAt += cluster.size();
        }
        out.ints(prefix + "clusters.orders", orders);
        out.ints(prefix + "clusters.coordinates", coordinates);
        out.ints(prefix + "clusters.degrees", degrees);
        out.ints(prefix + "clusters.sizes", sizes);
        out.ints(prefix + "clusters.positions", positions);
    }
}
