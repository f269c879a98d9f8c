package org.eigendrift.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.metric.Figure;

/**
 * The content of {@code metrics.json}: groups of figures, each beside its floor ({@code name_floor}), the
 * floor's interval ({@code name_floor_low}, {@code name_floor_high}) and uncertainty ({@code name_error}). JSON knows neither NaN nor infinity: a figure that is not finite is null, and a remark says
 * what it was.
 */
final class MetricsFile {
    /** Whole numbers up to here are written without a fraction: beyond, doubles are not exact. */
    private static final double LARGEST_EXACT = 0x1p53;

    private final ObjectNode root;

    /**
     * Arranges figures.
     *
     * @param figures the figures, in order
     * @param stages wall times of the fit, in order
     * @param remarks what a reader should know
     */
    MetricsFile(List<Figure> figures, Map<String, Double> stages, List<String> remarks) {
        ObjectMapper mapper = new ObjectMapper();
        this.root = mapper.createObjectNode();
        List<String> all = new ArrayList<>(remarks);
        for (Figure figure : figures) {
            ObjectNode group = root.withObjectProperty(figure.group());
            put(group, figure, "", figure.value(), all);
            figure.floor().ifPresent(floor -> put(group, figure, "_floor", floor, all));
            figure.error().ifPresent(error -> put(group, figure, "_error", error, all));
            figure.interval().ifPresent(between -> {
                put(group, figure, "_floor_low", between.low(), all);
                put(group, figure, "_floor_high", between.high(), all);
            });
        }
        if (!stages.isEmpty()) {
            ObjectNode node = root.withObjectProperty("fit").putObject("stages");
            stages.forEach(node::put);
        }
        if (!all.isEmpty()) {
            all.forEach(root.putArray("remarks")::add);
        }
    }

    private static void put(ObjectNode group, Figure figure, String suffix, double value, List<String> remarks) {
        String name = figure.name() + suffix;
        if (!Double.isFinite(value)) {
            group.putNull(name);
            remarks.add(figure.group() + "." + name + " is " + value);
        } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
            group.put(name, (long) value);
        } else {
            group.put(name, value);
        }
    }

    /** The file's text. */
    String text() {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes cannot fail to be written", e);
        }
    }
}
