package org.eigendrift.engine.file;

import java.util.List;
import org.eigendrift.api.State;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;

/** Puts a model into metadata and tensors, in the order of the format. */
final class ModelWriter {
    private ModelWriter() {}

    static SafetensorsWriter contents(FittedModel model) {
        if (!model.table().layout().basis().clusters().equals(model.basis().clusters())) {
            throw new IllegalArgumentException("the table was laid out for other functions than the model's");
        }
        SafetensorsWriter out = new SafetensorsWriter();
        metadata(model, out);
        double[][] theta = new double[model.path().grid().steps() + 1][];
        for (int j = 0; j < theta.length; j++) {
            theta[j] = model.path().at(j);
        }
        out.doubles("grid.times", model.path().grid().times());
        out.doubles("theta", theta, model.basis().size());
        long[] limbs = model.table().limbs();
        out.longs("moments", limbs, limbs.length / 2, 2);
        double[][] ranges = new double[model.basis().dim()][];
        for (int i = 0; i < ranges.length; i++) {
            CoordinateBasis.Range range = model.basis().coordinate(i).range();
            ranges[i] = new double[] {range.lower(), range.upper()};
        }
        out.doubles("ranges", ranges, 2);
        List<Frame> frames = model.frames().frames();
        for (int f = 0; f < frames.size(); f++) {
            state("frame." + f + ".", frames.get(f).state(), out);
        }
        for (int i = 0; i < model.basis().dim(); i++) {
            state("basis." + i + ".", model.basis().coordinate(i).basis().state(), out);
        }
        clusters(model.basis().clusters(), out);
        return out;
    }

    private static void metadata(FittedModel model, SafetensorsWriter out) {
        out.metadata("format", ModelFile.FORMAT);
        out.metadata("format_version", Integer.toString(ModelFile.FORMAT_VERSION));
        out.metadata("eigendrift_version", ModelFile.programVersion());
        out.metadata("rows", Long.toString(model.table().rows()));
        out.metadata("columns", Json.write(ModelText.columns(model.columns())));
        out.metadata("config", Json.write(model.settings().write()));
        out.metadata("report", Json.write(ModelText.report(model.report())));
    }

    private static void state(String prefix, State state, SafetensorsWriter out) {
        for (String name : state.names()) {
            out.doubles(prefix + name, state.get(name));
        }
    }

    private static void clusters(List<Cluster> clusters, SafetensorsWriter out) {
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
        out.ints("clusters.orders", orders);
        out.ints("clusters.coordinates", coordinates);
        out.ints("clusters.degrees", degrees);
        out.ints("clusters.sizes", sizes);
        out.ints("clusters.positions", positions);
    }
}
