package org.eigendrift.samplers.guidance;

import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.metric.Figure;

/**
 * What was observed: y = A(x) + noise N(0, deviation^2) in every component.
 *
 * @param operator A, from the model's coordinates
 * @param value y; shared, not modified
 * @param deviation standard deviation of the noise, at least 0
 */
record Observation(Operator operator, double[] value, double deviation) {

    /** Numbers whose squares, over a variance, are numbers too. */
    private static final double LARGEST = 1e100;

    private static final double SMALLEST = 1 / LARGEST;

    static Observation of(String name, ObservationOptions options, GuidanceContext context) {
        Operator operator = FiniteOperator.of(
                name + ".operator", options.operator(), options.operator().create(context.columns()));
        double[] value =
                options.value().stream().mapToDouble(Double::doubleValue).toArray();
        if (value.length != operator.outputs()) {
            throw new InputException(
                    name + ".value: the operator " + options.operator().name() + " observes " + operator.outputs()
                            + " numbers, found " + value.length);
        }
        for (double v : value) {
            if (!(Math.abs(v) <= LARGEST)) {
                throw new InputException(
                        name + ".value: expected numbers from -" + LARGEST + " to " + LARGEST + ", found " + v);
            }
        }
        if (!(options.noise() == 0 || options.noise() >= SMALLEST && options.noise() <= LARGEST)) {
            throw new InputException(name + ".noise: expected 0, or a number from " + SMALLEST + " to " + LARGEST
                    + ", found " + options.noise());
        }
        Operator composed =
                context.data().<Operator>map(d -> new Composed(operator, d)).orElse(operator);
        return new Observation(composed, value, options.noise());
    }

    int size() {
        return value.length;
    }

    double variance() {
        return deviation * deviation;
    }

    /** y - A(x). */
    Points residual(Points x) {
        Points out = Points.zeros(size(), x.size());
        operator.apply(x, out);
        for (int j = 0; j < size(); j++) {
            for (int n = 0; n < x.size(); n++) {
                out.set(j, n, value[j] - out.get(j, n));
            }
        }
        return out;
    }

    /** A'(x)^T w. */
    Points adjoint(Points x, Points w) {
        Points out = Points.zeros(operator.inputs(), x.size());
        operator.adjoint(x, w, out);
        return out;
    }

    /** log N(y; A(x), deviation^2 I); without noise zero where A(x) is y and negative infinity elsewhere. */
    void logLikelihood(Points x, double[] out) {
        Points residual = residual(x);
        for (int n = 0; n < x.size(); n++) {
            double sum = 0;
            for (int j = 0; j < size(); j++) {
                sum += residual.get(j, n) * residual.get(j, n);
            }
            out[n] = deviation == 0
                    ? (sum == 0 ? 0 : Double.NEGATIVE_INFINITY)
                    : -0.5 * sum / variance() - 0.5 * size() * Math.log(2 * Math.PI * variance());
        }
    }

    /** How far samples are from what was observed: the root of the mean square residual, beside the noise's deviation. */
    List<Figure> misfit(Points x) {
        double sum = 0;
        for (double r : residual(x).values()) {
            sum += r * r;
        }
        return List.of(
                Figure.of("guidance", "misfit", Math.sqrt(sum / ((double) size() * x.size()))),
                Figure.of("guidance", "noise", deviation));
    }
}
