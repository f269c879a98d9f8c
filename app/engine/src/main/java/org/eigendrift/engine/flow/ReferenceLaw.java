package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The stationary law pi of a fitted model's process, in the data's coordinates, with the model's eigenfunctions: being
 * orthogonal to the constant, they have mean zero under pi. Beyond the data the model lets its functions level off; here
 * they are the eigenfunctions themselves on their core and 0 outside, or their means would not be zero.
 */
public final class ReferenceLaw implements Reference {
    private final FittedModel model;
    private final DiffusionProcess process;
    private final List<Function> functions;
    private final RunContext run;

    /** One product of eigenfunctions: its cluster, and its position in the cluster's tensor. */
    private record Function(Cluster cluster, int position, double rate) {}

    /**
     * The law of a model.
     *
     * @param model the model
     * @param run threads of the likelihood
     */
    public ReferenceLaw(FittedModel model, RunContext run) {
        this.model = model;
        this.run = run;
        this.process = model.scoreModel().process();
        List<Function> all = new ArrayList<>();
        ProductBasis basis = model.basis();
        for (int c = 0; c < basis.clusters().size(); c++) {
            Cluster cluster = basis.clusters().get(c);
            for (int j = 0; j < cluster.size(); j++) {
                all.add(new Function(cluster, cluster.position(j), basis.rate(basis.start(c) + j)));
            }
        }
        // The sort is stable: functions of one rate keep the basis's order.
        all.sort(Comparator.comparingDouble(Function::rate));
        this.functions = List.copyOf(all);
    }

    @Override
    public int functions() {
        return functions.size();
    }

    @Override
    public Points draw(CounterRandom random, int count) {
        Points z = Points.zeros(process.dim(), count);
        process.prior(random, 0, z);
        return model.frames().inverse(z);
    }

    @Override
    public void logDensity(Points x, double[] out) {
        double[] nats = model.logReference(x);
        System.arraycopy(nats, 0, out, 0, nats.length);
    }

    @Override
    public double[][] values(Points x, int count) {
        Points z = model.frames().forward(x, new double[x.size()]);
        ProductBasis basis = model.basis();
        double[][] tables = new double[basis.dim()][];
        double[][] values = new double[count][];
        for (int f = 0; f < count; f++) {
            Function function = functions.get(f);
            double[] product = new double[x.size()];
            Arrays.fill(product, 1);
            for (int axis = 0; axis < function.cluster().order(); axis++) {
                int i = function.cluster().coordinate(axis);
                if (tables[i] == null) {
                    tables[i] = table(basis.coordinate(i), basis.usedDegree(i) + 1, z, i);
                }
                int start = function.cluster().functionAt(function.position(), axis) * x.size();
                for (int n = 0; n < product.length; n++) {
                    product[n] *= tables[i][start + n];
                }
            }
            values[f] = product;
        }
        return values;
    }

    private static double[] table(CoordinateBasis basis, int functions, Points z, int coordinate) {
        double[] table = new double[functions * z.size()];
        basis.values(functions, z.values(), z.offset(coordinate), z.size(), table);
        for (int n = 0; n < z.size(); n++) {
            // Orthogonal to 1 under pi conditioned on the core: taken as 0 outside, the mean under pi itself is 0.
            if (!basis.basis().core().contains(z.get(coordinate, n))) {
                for (int k = 1; k < functions; k++) {
                    table[k * z.size() + n] = 0;
                }
            }
        }
        return table;
    }

    @Override
    public Scores modelLogLikelihood(Points x) {
        return model.logLikelihood(x, run);
    }
}
