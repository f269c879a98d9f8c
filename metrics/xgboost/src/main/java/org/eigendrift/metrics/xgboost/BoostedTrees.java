package org.eigendrift.metrics.xgboost;

import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.eigendrift.api.Points;

/**
 * Gradient boosting of trees by histograms (Chen and Guestrin, "XGBoost: a scalable tree boosting system", 2016), in one thread and
 * with a fixed seed, so that the same rows give the same trees on one machine.
 */
final class BoostedTrees {
    /** Fewer rows bear smaller leaves. */
    private static final int FEW_ROWS = 500;

    private final Features features;
    private final int rounds;

    BoostedTrees(Features features, int rounds) {
        this.features = features;
        this.rounds = rounds;
    }

    /**
     * Learns which class rows are of.
     *
     * @param known rows whose class is known; only read
     * @param classes their classes, from 0
     * @param count classes there are, at least 2
     * @param unknown rows to classify; only read
     * @return for each of these the probability of each class
     */
    double[][] classify(Points known, float[] classes, int count, Points unknown) {
        Map<String, Object> options = new HashMap<>();
        options.put("objective", count == 2 ? "binary:logistic" : "multi:softprob");
        if (count > 2) {
            options.put("num_class", count);
        }
        float[][] told = learn(known, classes, unknown, options);
        double[][] probabilities = new double[unknown.size()][count];
        for (int n = 0; n < told.length; n++) {
            for (int k = 0; k < count; k++) {
                double last = told[n][told[n].length - 1];
                probabilities[n][k] = count > 2 ? told[n][k] : k == 1 ? last : 1 - last;
            }
        }
        return probabilities;
    }

    /**
     * Learns numbers.
     *
     * @param known rows whose number is known; only read
     * @param values their numbers
     * @param unknown rows whose number is to be told; only read
     * @return what the trees take for their numbers
     */
    double[] regress(Points known, float[] values, Points unknown) {
        float[][] told = learn(known, values, unknown, new HashMap<>(Map.of("objective", "reg:squarederror")));
        double[] out = new double[told.length];
        for (int n = 0; n < out.length; n++) {
            out[n] = told[n][0];
        }
        return out;
    }

    private float[][] learn(Points known, float[] labels, Points unknown, Map<String, Object> options) {
        options.put("tree_method", "hist");
        options.put("eta", 0.1);
        options.put("grow_policy", "lossguide");
        options.put("max_depth", 0);
        options.put("max_leaves", 31);
        options.put("min_child_weight", labels.length < FEW_ROWS ? 1 : 5);
        options.put("nthread", 1);
        options.put("seed", 0);
        options.put("verbosity", 0);
        DMatrix rows = null;
        DMatrix asked = null;
        Booster trees = null;
        try {
            rows = matrix(known);
            rows.setLabel(labels);
            trees = XGBoost.train(rows, options, rounds, Map.of(), null, null);
            asked = matrix(unknown);
            return trees.predict(asked);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        } finally {
            dispose(rows, asked, trees);
        }
    }

    private DMatrix matrix(Points points) throws XGBoostError {
        DMatrix matrix = new DMatrix(features.of(points), points.size(), features.count(), Float.NaN);
        matrix.setFeatureTypes(features.types());
        return matrix;
    }

    /** What these hold is not Java's memory. */
    private static void dispose(DMatrix rows, DMatrix asked, Booster trees) {
        if (rows != null) {
            rows.dispose();
        }
        if (asked != null) {
            asked.dispose();
        }
        if (trees != null) {
            trees.dispose();
        }
    }
}
