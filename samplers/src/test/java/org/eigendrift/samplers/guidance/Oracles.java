package org.eigendrift.samplers.guidance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.contract.ExactMixture;
import org.eigendrift.samplers.Configured;

/**
 * Exact numbers of guidance on Gaussians and mixtures, computed with NumPy in double precision by closed forms, checked there by
 * simulation and finite differences; forward process alpha = exp(-t), sigma^2 = 1 - exp(-2 t).
 */
final class Oracles {
    private static final JsonNode ALL = read();

    /** The plugins of this module, and a solver under the name of the default one, which stands in another module. */
    private static final Catalog CATALOG = catalog();

    private Oracles() {}

    private static Catalog catalog() {
        List<Provider<?, ?, ?>> providers = new ArrayList<>(List.of(new TwoByTwo.Named()));
        Catalog.KINDS.forEach(kind -> providers.addAll(Configured.CATALOG.all(kind)));
        return Catalog.of(providers);
    }

    private static JsonNode read() {
        try (InputStream in = Oracles.class.getResourceAsStream("/guidance/oracles.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode of(String name) {
        return ALL.required(name);
    }

    static double[] vector(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToDouble(i -> node.get(i).asDouble())
                .toArray();
    }

    static double[][] matrix(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToObj(i -> vector(node.get(i)))
                .toArray(double[][]::new);
    }

    static List<Double> list(JsonNode node) {
        return IntStream.range(0, node.size())
                .mapToObj(i -> node.get(i).asDouble())
                .toList();
    }

    static List<List<Double>> rows(JsonNode node) {
        return IntStream.range(0, node.size()).mapToObj(i -> list(node.get(i))).toList();
    }

    static ExactMixture gaussian(AffineProcess process, JsonNode mean, JsonNode covariance) {
        return new ExactMixture(
                process, new double[] {1}, new double[][] {vector(mean)}, new double[][][] {matrix(covariance)});
    }

    /** A mixture in one dimension: weights, means, variances. */
    static ExactMixture line(AffineProcess process, JsonNode mixture) {
        double[] means = vector(mixture.path("means"));
        return new ExactMixture(
                process,
                vector(mixture.path("weights")),
                Arrays.stream(means).mapToObj(m -> new double[] {m}).toArray(double[][]::new),
                Arrays.stream(vector(mixture.path("variances"))).map(Math::sqrt).toArray());
    }

    static AffineProcess ou(int dim) {
        return Configured.process(Map.of("type", "ou", "horizon", 6, "earliest", 0.0001), dim);
    }

    static List<Column> columns(int dim) {
        return IntStream.rangeClosed(1, dim).mapToObj(i -> Column.real("x" + i)).toList();
    }

    static Guidance guidance(int dim, Map<String, ?> block, ScoreModel... others) {
        return Configured.create(
                CATALOG,
                GuidanceProvider.KIND,
                block,
                new GuidanceContext(columns(dim), Optional.empty(), List.of(others), RunContext.quiet(1)));
    }

    static Corrector corrector(Map<String, ?> block) {
        return Configured.create(CATALOG, CorrectorProvider.KIND, block, RunContext.quiet(1));
    }

    /** A guidance block for the observation of a matrix. */
    static Map<String, Object> observed(String type, JsonNode rows, JsonNode value, double noise) {
        Map<String, Object> block = new HashMap<>();
        block.put("type", type);
        block.put("operator", Map.of("type", "matrix", "rows", rows(rows)));
        block.put("value", new ArrayList<>(list(value)));
        block.put("noise", noise);
        return block;
    }

    static Map<String, Object> with(Map<String, ?> block, String key, Object value) {
        Map<String, Object> out = new HashMap<>(block);
        out.put(key, value);
        return out;
    }
}
