package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.comparison.Thresholdout;
import org.eigendrift.engine.comparison.Thresholdout.Answer;

/** Compares models on held-out rows, by {@link Thresholdout}. */
public final class Comparing {

    /** Noise as a share of the threshold, as the authors of the method have it. */
    private static final double NOISE = 0.25;

    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;

    @Inject
    Comparing(Catalog catalog, Setting setting, FileFormats formats) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
    }

    /**
     * How to compare.
     *
     * @param threshold difference of gains in nats up to which training rows answer
     * @param budget answers that may come from held-out rows
     * @param clip most that one row counts, in nats
     * @param rows most rows of each kind
     * @param seed seed of the noise
     */
    public record Rules(double threshold, int budget, double clip, int rows, long seed) {}

    /**
     * Compares, and prints a line for each model.
     *
     * @param files the models
     * @param train training rows, a file or a target's block
     * @param heldout held-out rows, likewise
     * @param rules how to compare
     */
    public void compare(List<Path> files, String train, String heldout, Rules rules) {
        RunContext context = setting.context(rules.seed());
        List<Law> models = new ArrayList<>();
        for (Path file : files) {
            models.add(Eigendrift.read(file, catalog));
        }
        Law first = models.get(0);
        Points training = rows("--train", train, first, rules, context);
        Points apart = rows("--data", heldout, first, rules, context);
        Thresholdout holdout = new Thresholdout(
                rules.threshold(), NOISE * rules.threshold(), rules.budget(), context.random(Purpose.HOLDOUT));
        double[] baseTraining = first.logDensity(training, context).nats();
        double[] baseApart = first.logDensity(apart, context).nats();
        say("%-40s %14s %14s  %s", "model", "training gain", "gain", "answered by");
        say("%-40s %14s %14s  %s", files.get(0), "0", "0", "(the others are compared with it)");
        try (Progress.Task task = context.progress().begin("compare", files.size() - 1)) {
            for (int m = 1; m < files.size(); m++) {
                context.checkCancelled();
                Law model = models.get(m);
                if (!Column.agree(model.columns(), first.columns())) {
                    throw new InputException(files.get(m) + ": its columns " + model.columns() + " are not those of "
                            + files.get(0) + ", " + first.columns());
                }
                double gain = gain(model.logDensity(training, context).nats(), baseTraining, rules.clip());
                double gainApart = gain(model.logDensity(apart, context).nats(), baseApart, rules.clip());
                print(files.get(m), gain, holdout.ask(gain, gainApart));
                task.advance(1);
            }
        }
        say("%d of %d answers of the held-out rows are left", holdout.budget(), rules.budget());
    }

    private Points rows(String option, String text, Law model, Rules rules, RunContext context) {
        Points rows = InMemory.read(formats.rows(option, text, model.columns(), context), rules.rows());
        if (rows.size() == 0) {
            throw new InputException(option + ": " + text + " has no rows");
        }
        return rows;
    }

    private void print(Path file, double gain, Optional<Answer> answer) {
        String value = answer.map(a -> number(a.value())).orElse("-");
        String source = answer.map(a -> a.source() == Thresholdout.Source.TRAINING ? "training rows" : "held-out rows")
                .orElse("nobody, the budget is spent");
        say("%-40s %14s %14s  %s", file, number(gain), value, source);
    }

    /** Mean over rows of the difference of log-likelihoods, each confined to the clip; rows impossible for both count 0. */
    static double gain(double[] model, double[] base, double clip) {
        double sum = 0;
        for (int n = 0; n < model.length; n++) {
            double difference = model[n] == base[n] ? 0 : model[n] - base[n];
            sum += Math.max(-clip, Math.min(clip, difference));
        }
        return sum / model.length;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }

    private void say(String format, Object... values) {
        setting.terminal().out().println(String.format(Locale.ROOT, format, values));
    }
}
