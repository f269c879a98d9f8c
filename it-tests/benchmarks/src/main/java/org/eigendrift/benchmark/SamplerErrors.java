package org.eigendrift.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.TargetProvider;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * Draws the error of deterministic samplers against evaluations a point, on the exact score of eight Gaussians under
 * the variance-preserving process. The reference is dop853 at 1e-12. The argument names the picture, without ending.
 */
public final class SamplerErrors {
    private static final int POINTS = 64;
    private static final int[] STEPS = {5, 10, 20, 40, 80, 160, 320};
    private static final Path HERE = Path.of("");

    private static final Map<String, Map<String, Object>> SAMPLERS = samplers();

    private final Catalog catalog = Catalog.discover(List.of());
    private final RunContext run = RunContext.quiet(1);
    private final ScoreModel model;

    private SamplerErrors() {
        AffineProcess process = bind(ProcessProvider.KIND, "vp").create(2);
        this.model = bind(TargetProvider.KIND, "eight-gaussians")
                .create(run)
                .exact(process)
                .orElseThrow();
    }

    private static Map<String, Map<String, Object>> samplers() {
        Map<String, Map<String, Object>> samplers = new LinkedHashMap<>();
        samplers.put("ddim", Map.of("type", "ddim", "grid", "log-snr"));
        samplers.put("pf-ode heun", Map.of("type", "pf-ode", "method", "heun", "grid", "log-snr"));
        samplers.put("pf-ode rk4", Map.of("type", "pf-ode", "method", "rk4", "grid", "log-snr"));
        samplers.put("dpm-solver++ 2", Map.of("type", "dpm-solver++", "order", 2, "grid", "log-snr"));
        samplers.put("dpm-solver++ 3", Map.of("type", "dpm-solver++", "order", 3, "grid", "log-snr"));
        samplers.put("unipc 3", Map.of("type", "unipc", "order", 3, "grid", "log-snr"));
        return samplers;
    }

    /**
     * Measures and draws.
     *
     * @param arguments the picture's path without ending
     * @throws IOException if the picture cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        new SamplerErrors().draw(arguments[0]);
    }

    private void draw(String picture) throws IOException {
        Points reference = start();
        sample(
                Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-12, "atol", 1e-12, "grid", "log-snr"),
                reference);
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(600)
                .title("Error of samplers on the exact flow of eight Gaussians")
                .xAxisTitle("evaluations a point")
                .yAxisTitle("root mean square error")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        SAMPLERS.forEach((name, block) -> {
            List<Double> evaluations = new ArrayList<>();
            List<Double> errors = new ArrayList<>();
            for (int steps : STEPS) {
                Map<String, Object> sampler = new LinkedHashMap<>(block);
                sampler.put("steps", steps);
                Points x = start();
                Outcome outcome = sample(sampler, x);
                evaluations.add((double) outcome.evaluations());
                errors.add(error(x, reference));
            }
            chart.addSeries(name, evaluations, errors);
            System.out.printf(Locale.ROOT, "%-16s evaluations %s errors %s%n", name, evaluations, errors);
        });
        BitmapEncoder.saveBitmap(chart, picture, BitmapEncoder.BitmapFormat.PNG);
    }

    private Points start() {
        Points x = Points.zeros(2, POINTS);
        model.process().prior(new CounterRandom(3), 0, x);
        return x;
    }

    private Outcome sample(Map<String, Object> sampler, Points x) {
        return bind(SamplerProvider.KIND, sampler)
                .create(run)
                .prepare(model, run)
                .run(x, Noise.of(new CounterRandom(4), 0), StepObserver.NONE);
    }

    private <C, T> Chosen<C, T> bind(Kind<C, T> kind, Object block) {
        return Choices.bind(kind, block, "type", kind.label(), HERE, catalog, problem -> {
                    throw new InputException(problem.toString());
                })
                .orElseThrow();
    }

    private static double error(Points x, Points reference) {
        double sum = 0;
        for (int n = 0; n < x.values().length; n++) {
            double difference = x.values()[n] - reference.values()[n];
            sum += difference * difference;
        }
        return Math.sqrt(sum / x.size());
    }
}
