package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.plugin.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The figures of metrics whose word is not taken. A metric that throws, returns null or reports what it must not is left out, and
 * a remark says so: nothing that others found is lost for it.
 */
final class MetricResults {
    private static final Logger LOG = LoggerFactory.getLogger(MetricResults.class);

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

    /** What stands beside a figure in metrics.json. */
    private static final List<String> ENDINGS = List.of("", "_floor", "_floor_low", "_floor_high", "_error");

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final List<List<Figure>> ofMetrics = new ArrayList<>();

    private record Answer(Provider<?, ?, ?> provider, List<Figure> figures) {}

    /**
     * Begins with what is known of the run itself.
     *
     * @param known figures that no metric may report
     */
    MetricResults(List<Figure> known) {
        known.forEach(this::take);
    }

    /** All figures, those known first, then in the order of the metrics. */
    List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** The figures of each metric, in the order of the metrics; none of one that was left out. */
    List<List<Figure>> ofMetrics() {
        return List.copyOf(ofMetrics);
    }

    /** A sentence for each metric that was left out, and for each that found no number. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Evaluates metrics.
     *
     * @param chosen what made them
     * @param metrics the metrics, one for each
     * @param evaluation what they look at
     * @param context progress, cancellation
     */
    void evaluate(
            List<Chosen<RunContext, Metric>> chosen, List<Metric> metrics, Evaluation evaluation, RunContext context) {
        List<Answer> answers = new ArrayList<>();
        try (Progress.Task task = context.progress().begin("evaluate", metrics.size())) {
            for (int m = 0; m < metrics.size(); m++) {
                context.checkCancelled();
                answers.add(answer(chosen.get(m).provider(), metrics.get(m), evaluation));
                task.advance(1);
            }
        }
        // A name belongs to the program's own metric, wherever in the list that stands.
        Set<Answer> right = Collections.newSetFromMap(new IdentityHashMap<>());
        answers.stream()
                .filter(a -> !Origin.isForeign(a.provider()))
                .filter(this::accept)
                .forEach(right::add);
        answers.stream()
                .filter(a -> Origin.isForeign(a.provider()))
                .filter(this::accept)
                .forEach(right::add);
        for (Answer answer : answers) {
            List<Figure> kept = right.contains(answer) ? answer.figures() : List.of();
            figures.addAll(kept);
            ofMetrics.add(List.copyOf(kept));
            tellWithoutNumber(answer.provider(), kept);
        }
    }

    private void tellWithoutNumber(Provider<?, ?, ?> provider, List<Figure> kept) {
        List<String> without = kept.stream()
                .filter(figure -> Double.isNaN(figure.value()))
                .map(Figure::key)
                .toList();
        // The program's own have figures that rows may leave without a value, and the file of figures says which.
        if (Origin.isForeign(provider) && !without.isEmpty()) {
            tell(new PluginException(provider, "found NaN for " + String.join(", ", without)).getMessage(), null);
        }
    }

    private Answer answer(Provider<?, ?, ?> provider, Metric metric, Evaluation evaluation) {
        try {
            List<Figure> answer = metric.evaluate(evaluation);
            if (answer == null) {
                leaveOut(new PluginException(provider, "returned null for its figures"));
            }
            return new Answer(provider, answer == null ? List.of() : new ArrayList<>(answer));
        } catch (CancellationException | PluginException e) {
            throw e;
        } catch (InputException | NumericalException e) {
            // Those of the program's own metrics are of the law or the target, which are asked for what they look at.
            if (!Origin.isForeign(provider)) {
                throw e;
            }
            leaveOut(new PluginException(provider, "refused: " + e.getMessage(), e));
            return new Answer(provider, List.of());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            leaveOut(PluginException.thrown(provider, e));
            return new Answer(provider, List.of());
        }
    }

    private boolean accept(Answer answer) {
        Set<String> before = Set.copyOf(taken);
        for (Figure figure : answer.figures()) {
            String fault = fault(figure);
            if (fault != null) {
                taken.retainAll(before);
                leaveOut(new PluginException(answer.provider(), fault));
                return false;
            }
            keys(figure).forEach(taken::add);
        }
        return true;
    }

    private String fault(Figure figure) {
        if (figure == null) {
            return "reported null for a figure";
        }
        for (String word : new String[] {figure.group(), figure.name()}) {
            if (word == null || !WORD.matcher(word).matches()) {
                return "reported a figure in the group '" + figure.group() + "' with the name '" + figure.name()
                        + "'; expected lower-case words joined by underscores";
            }
        }
        if (figure.better() == null || figure.unit() == null || figure.floor() == null || figure.error() == null) {
            return "reported the figure " + figure.key() + " with null for its direction, unit, floor or error";
        }
        return keys(figure).stream()
                .filter(taken::contains)
                .findFirst()
                .map(key -> "reported the figure " + figure.key() + ", but " + key
                        + " is another metric's or the run's own")
                .orElse(null);
    }

    private static List<String> keys(Figure figure) {
        List<String> keys = new ArrayList<>();
        for (String ending : ENDINGS) {
            boolean present = switch (ending) {
                case "" -> true;
                case "_error" -> figure.error().isPresent();
                case "_floor" -> figure.floor().isPresent();
                default -> figure.interval() != null && figure.interval().isPresent();
            };
            if (present) {
                keys.add(figure.key() + ending);
            }
        }
        return keys;
    }

    private void take(Figure figure) {
        figures.add(figure);
        taken.addAll(keys(figure));
    }

    private void leaveOut(PluginException fault) {
        tell(fault.getMessage() + "; its figures are left out", fault.getCause());
    }

    private void tell(String remark, Throwable cause) {
        LOG.warn(remark, cause);
        remarks.add(remark);
    }
}
