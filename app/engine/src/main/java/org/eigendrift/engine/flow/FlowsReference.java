package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;

/**
 * The law from which several flows start: pi = sum_a w_a pi_a, the mixture of the charts' stationary laws. A function
 * phi of chart a of mean zero under pi_a gives w_a pi_a phi / pi, of mean zero under pi; the functions of the charts are
 * taken in turn, so that the first ones are the smoothest of each.
 */
public final class FlowsReference implements Reference {
    /** Purpose of the random numbers that pick the chart of a point. */
    private static final long PICK = 1;

    /** Purpose, plus the chart's number, of the random numbers of a chart's points. */
    private static final long CHART = 0x100;

    private final List<Flows.Share> flows;
    private final Function<Points, Scores> logDensity;
    private final List<ReferenceLaw> laws = new ArrayList<>();
    /** Of each function its chart, and its number there. */
    private final List<int[]> functions = new ArrayList<>();

    /**
     * The law of flows.
     *
     * @param flows at least one, with shares that sum to 1
     * @param logDensity of the law that they make up
     * @param run threads of the flows' own likelihoods
     */
    public FlowsReference(List<Flows.Share> flows, Function<Points, Scores> logDensity, RunContext run) {
        this.flows = List.copyOf(flows);
        this.logDensity = logDensity;
        int most = 0;
        for (Flows.Share flow : flows) {
            ReferenceLaw law = new ReferenceLaw(flow.model(), run);
            laws.add(law);
            most = Math.max(most, law.functions());
        }
        for (int f = 0; f < most; f++) {
            for (int k = 0; k < laws.size(); k++) {
                if (f < laws.get(k).functions()) {
                    functions.add(new int[] {k, f});
                }
            }
        }
    }

    @Override
    public int functions() {
        return functions.size();
    }

    @Override
    public Points draw(CounterRandom random, int count) {
        double[] weights = flows.stream().mapToDouble(Flows.Share::weight).toArray();
        List<List<Integer>> places = Turns.of(weights, count, random.derive(PICK));
        Points all = Points.zeros(flows.get(0).model().columns().size(), count);
        for (int k = 0; k < laws.size(); k++) {
            List<Integer> own = places.get(k);
            Points points = laws.get(k).draw(random.derive(CHART + k), own.size());
            for (int j = 0; j < own.size(); j++) {
                for (int i = 0; i < all.dim(); i++) {
                    all.set(i, own.get(j), points.get(i, j));
                }
            }
        }
        return all;
    }

    @Override
    public void logDensity(Points x, double[] out) {
        double[] mixed = logSum(joint(x));
        System.arraycopy(mixed, 0, out, 0, mixed.length);
    }

    /** log w_a + log pi_a of every chart. */
    private double[][] joint(Points x) {
        double[][] joint = new double[laws.size()][x.size()];
        for (int k = 0; k < joint.length; k++) {
            laws.get(k).logDensity(x, joint[k]);
            double logWeight = Math.log(flows.get(k).weight());
            for (int n = 0; n < x.size(); n++) {
                joint[k][n] += logWeight;
            }
        }
        return joint;
    }

    private static double[] logSum(double[][] joint) {
        double[] out = new double[joint[0].length];
        for (int n = 0; n < out.length; n++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] logs : joint) {
                largest = Math.max(largest, logs[n]);
            }
            double sum = 0;
            for (double[] logs : joint) {
                sum += logs[n] > Double.NEGATIVE_INFINITY ? Math.exp(logs[n] - largest) : 0;
            }
            out[n] = sum > 0 ? largest + Math.log(sum) : Double.NEGATIVE_INFINITY;
        }
        return out;
    }

    @Override
    public double[][] values(Points x, int count) {
        double[][] joint = joint(x);
        double[] mixed = logSum(joint);
        double[][] values = new double[count][x.size()];
        for (int k = 0; k < laws.size(); k++) {
            int asked = 0;
            for (int[] function : functions.subList(0, count)) {
                asked += function[0] == k ? 1 : 0;
            }
            int[] rows = inside(joint[k]);
            double[][] own = laws.get(k).values(x.select(rows), asked);
            for (int f = 0; f < count; f++) {
                if (functions.get(f)[0] == k) {
                    double[] phi = own[functions.get(f)[1]];
                    for (int j = 0; j < rows.length; j++) {
                        values[f][rows[j]] = Math.exp(joint[k][rows[j]] - mixed[rows[j]]) * phi[j];
                    }
                }
            }
        }
        return values;
    }

    /** Functions are 0 where their chart's law is: its basis says nothing there. */
    private static int[] inside(double[] logs) {
        int[] rows = new int[logs.length];
        int count = 0;
        for (int n = 0; n < rows.length; n++) {
            if (logs[n] > Double.NEGATIVE_INFINITY) {
                rows[count++] = n;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    @Override
    public Scores modelLogLikelihood(Points x) {
        return logDensity.apply(x);
    }
}
