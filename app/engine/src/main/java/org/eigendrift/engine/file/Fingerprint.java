package org.eigendrift.engine.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;

/**
 * A few values of what third parties' plugins compute in a model, with the version of their module: a plugin that has changed
 * since would make another model of the same numbers without a word. The program's own are known by its version.
 */
final class Fingerprint {
    static final String KEY = "fingerprint";

    /** Where values are taken: probabilities of a coordinate's stationary law. */
    private static final double[] LEVELS = {0.31, 0.77};

    private static final int FUNCTIONS = 5;
    private static final int COORDINATES = 8;

    /** Elementary functions differ in their last bits between machines; what is cancelled in a quantile is far below. */
    private static final double SAME = 1e-8;

    private Fingerprint() {}

    /** The values, by part; empty without plugins of third parties. */
    static Map<String, Object> of(FrameChain frames, ProductBasis basis) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (int i = 0; i < basis.dim(); i++) {
            Eigenbasis functions = basis.coordinate(i).basis();
            if (foreign(functions)) {
                parts.put("basis." + i, part(functions, values(functions)));
            }
        }
        Points z = Points.zeros(basis.dim(), LEVELS.length);
        for (int i = 0; i < basis.dim(); i++) {
            for (int n = 0; n < LEVELS.length; n++) {
                z.set(i, n, basis.coordinate(i).basis().quantile(LEVELS[n]));
            }
        }
        for (int f = frames.frames().size() - 1; f >= 0; f--) {
            Frame frame = frames.frames().get(f);
            Points x = Points.zeros(z.dim(), z.size());
            frame.inverse(z, x);
            if (foreign(frame)) {
                parts.put("frame." + f, part(frame, values(frame, x)));
            }
            z = x;
        }
        return parts;
    }

    private static boolean foreign(Object part) {
        return !part.getClass().getName().startsWith("org.eigendrift.");
    }

    private static Map<String, Object> part(Object plugin, List<Double> values) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("class", plugin.getClass().getName());
        part.put("version", version(plugin));
        part.put("values", values);
        return part;
    }

    private static String version(Object plugin) {
        ModuleDescriptor descriptor = plugin.getClass().getModule().getDescriptor();
        return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
    }

    /** Points, their density, the first and the last functions, and their eigenvalues. */
    private static List<Double> values(Eigenbasis basis) {
        List<Double> values = new ArrayList<>();
        double[] x = new double[LEVELS.length];
        for (int n = 0; n < x.length; n++) {
            x[n] = basis.quantile(LEVELS[n]);
            values.add(x[n]);
            values.add(basis.logDensity(x[n]));
        }
        int size = basis.size();
        double[] all = new double[size * x.length];
        basis.values(size, x, 0, x.length, all);
        for (int k = 1; k < size; k++) {
            if (k <= FUNCTIONS || k == size - 1) {
                values.add(basis.eigenvalue(k));
                for (int n = 0; n < x.length; n++) {
                    values.add(all[k * x.length + n]);
                }
            }
        }
        return values;
    }

    /** The first coordinates of points and of their images, and the log-Jacobian. */
    private static List<Double> values(Frame frame, Points x) {
        List<Double> values = new ArrayList<>();
        Points z = Points.zeros(x.dim(), x.size());
        double[] logJacobian = new double[x.size()];
        frame.forward(x, z, logJacobian);
        for (int n = 0; n < x.size(); n++) {
            values.add(logJacobian[n]);
            for (int i = 0; i < Math.min(COORDINATES, x.dim()); i++) {
                values.add(x.get(i, n));
                values.add(z.get(i, n));
            }
        }
        return values;
    }

    /**
     * Compares what is computed now with what was when a file was written.
     *
     * @param written the file's entry
     * @throws InputException if a value differs; the message names plugin, versions and both values
     */
    static void check(String written, FrameChain frames, ProductBasis basis) {
        JsonNode then = Json.read(KEY, written);
        Map<String, Object> now = of(frames, basis);
        then.fieldNames().forEachRemaining(name -> {
            if (!(now.get(name) instanceof Map<?, ?> part && part.get("values") instanceof List<?> values)) {
                throw new InputException("the " + name(name, frames) + " was the third-party class "
                        + then.get(name).path("class").asText() + ", and is none now");
            }
            compare(name(name, frames), then.get(name), values, plugin(name, frames, basis));
        });
    }

    private static Object plugin(String name, FrameChain frames, ProductBasis basis) {
        int number = number(name);
        return name.startsWith("basis.")
                ? basis.coordinate(number).basis()
                : frames.frames().get(number);
    }

    private static int number(String part) {
        return Integer.parseInt(part.substring(part.indexOf('.') + 1));
    }

    private static String name(String part, FrameChain frames) {
        return part.startsWith("basis.")
                ? "basis of column '" + frames.dataColumns().get(number(part)).name() + "'"
                : "frame " + (number(part) + 1);
    }

    private static void compare(String name, JsonNode then, List<?> now, Object plugin) {
        JsonNode values = then.path("values");
        for (int v = 0; v < Math.max(values.size(), now.size()); v++) {
            double before = values.path(v).asDouble(Double.NaN);
            double today = v < now.size() && now.get(v) instanceof Double value ? value : Double.NaN;
            if (!(Math.abs(before - today) <= SAME * (1 + Math.abs(before)))) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "the %s is not what it was: of its values, number %d was %.10g with %s, version %s, and is %.10g with"
                                + " %s, version %s; use the plugin that the model was made with, or fit it anew",
                        name,
                        v + 1,
                        before,
                        then.path("class").asText(),
                        then.path("version").asText(),
                        today,
                        Origin.of(plugin),
                        version(plugin)));
            }
        }
    }
}
