package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/** Whether an operator's parts belong together, looked up at a few points. Points at which it has no value say nothing. */
final class OperatorCheck {
    /** Of the terms that are summed: products with a transpose are the same up to rounding. */
    private static final double SAME = 1e-6;

    private final Operator operator;
    private final Probes probes;
    private final Points weights;

    private OperatorCheck(Operator operator, List<Column> columns) {
        this.operator = operator;
        this.probes = Probes.in(columns);
        this.weights = Points.zeros(operator.outputs(), Probes.COUNT);
        for (int j = 0; j < weights.dim(); j++) {
            for (int n = 0; n < Probes.COUNT; n++) {
                weights.set(j, n, new CounterRandom(18).normal(n, j));
            }
        }
    }

    static Optional<String> fault(List<Column> columns, Operator operator) {
        if (operator.inputs() != columns.size() || operator.outputs() < 1) {
            return Optional.of("made an operator of " + operator.inputs() + " inputs and " + operator.outputs()
                    + " outputs; expected an input for each of the " + columns.size() + " columns, and an output");
        }
        if (!Probes.fit(columns)) {
            return Optional.empty();
        }
        try {
            return new OperatorCheck(operator, columns).fault();
        } catch (InputException e) {
            // Not defined at points that no one has asked for.
            return Optional.empty();
        }
    }

    private Points image(Points x) {
        Points out = Points.zeros(weights.dim(), x.size());
        operator.apply(x, out);
        return out;
    }

    private Points tangent(Points at, Points direction) {
        Points out = Points.zeros(weights.dim(), at.size());
        operator.tangent(at, direction, out);
        return out;
    }

    private Optional<String> fault() {
        Points tangent = tangent(probes.x().copy(), probes.direction().copy());
        return derivative(tangent).or(() -> adjoint(tangent)).or(() -> operator.affine() ? affine() : Optional.empty());
    }

    private Optional<String> derivative(Points tangent) {
        Points ahead = image(probes.moved(1));
        Points behind = image(probes.moved(-1));
        int looked = 0;
        int off = 0;
        Optional<String> fault = Optional.empty();
        for (int n = 0; n < Probes.COUNT; n++) {
            double expected = Probes.slope(sum(ahead, weights, n), sum(behind, weights, n));
            double slope = sum(tangent, weights, n);
            if (Double.isFinite(expected)) {
                looked++;
                double size = size(ahead, weights, n);
                if (!Double.isFinite(slope) || Probes.differ(slope, expected, size)) {
                    off++;
                    fault = wrong(
                            "the tangent gives the slope %.6g along a direction, and differences %.6g",
                            slope, expected);
                }
            }
        }
        return looked > 1 && off == looked ? fault : Optional.empty();
    }

    private Optional<String> adjoint(Points tangent) {
        Points back = Points.zeros(probes.x().dim(), Probes.COUNT);
        operator.adjoint(probes.x().copy(), weights.copy(), back);
        for (int n = 0; n < Probes.COUNT; n++) {
            double there = sum(tangent, weights, n);
            double here = sum(back, probes.direction(), n);
            double size = size(tangent, weights, n) + size(back, probes.direction(), n);
            if (Double.isFinite(there) && !(Math.abs(there - here) <= SAME * size)) {
                return wrong(
                        "the adjoint is not the tangent's transpose: w A v is %.6g by the tangent and %.6g by the adjoint",
                        there, here);
            }
        }
        return Optional.empty();
    }

    /** A(x) - A(y) = A'(x - y) for points of all columns' width apart. */
    private Optional<String> affine() {
        Points x = probes.x();
        Points y = x.copy();
        for (int k = 0; k < y.values().length; k++) {
            y.values()[k] += probes.direction().values()[k];
        }
        Points here = image(x.copy());
        Points there = image(y);
        Points tangent = tangent(x.copy(), probes.direction().copy());
        for (int n = 0; n < Probes.COUNT; n++) {
            double difference = sum(there, weights, n) - sum(here, weights, n);
            double slope = sum(tangent, weights, n);
            double size = size(there, weights, n) + size(here, weights, n) + size(tangent, weights, n);
            if (Double.isFinite(difference) && Math.abs(difference - slope) > SAME * size) {
                return wrong(
                        "it says that it is affine, and a difference of its images is %.6g where the tangent gives %.6g",
                        difference, slope);
            }
        }
        return Optional.empty();
    }

    private static double sum(Points a, Points b, int n) {
        double sum = 0;
        for (int j = 0; j < a.dim(); j++) {
            sum += a.get(j, n) * b.get(j, n);
        }
        return sum;
    }

    private static double size(Points a, Points b, int n) {
        double sum = 0;
        for (int j = 0; j < a.dim(); j++) {
            sum += Math.abs(a.get(j, n) * b.get(j, n));
        }
        return sum;
    }

    private static Optional<String> wrong(String format, double found, double expected) {
        return Optional.of("is wrong: of the operator " + String.format(Locale.ROOT, format, found, expected));
    }
}
