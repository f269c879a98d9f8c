package org.eigendrift.engine.likelihood;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.law.Decision;

/**
 * Fits curved normal regressions, each step a linear system: means by least squares weighted by scales, logarithms of scales by Fisher's
 * scoring, whose system is the same at every step and for every column (Smyth, J. R. Stat. Soc. B 51, 1989), couplings by least squares of
 * what is left on what was left before. How much is shrunk follows from the rows at each step.
 */
public final class CurvedFit {
    /** Rows that are fitted, of more some evenly spaced: systems of hundreds of functions are told by these. */
    private static final int MOST = 20_000;

    private static final int MOST_WAVES = 400;

    /** Rows for each wave. */
    private static final int ROWS = 3;

    /** Waves in scales for each in means: squares tell less than values. */
    private static final int WAVES_IN_SCALES = 2;

    private static final int REFINEMENTS = 2;
    private static final int SCORINGS = 6;

    /** Of a step of scoring, in deviations squared: an outlier does not carry a step away. */
    private static final double FURTHEST = 8;

    /** The mean of the logarithm of a standard normal number's square. */
    private static final double LOG_SQUARE = -1.2703628454614782;

    /** Of the columns' variance: residuals are no smaller. */
    private static final double FINEST = 1e-12;

    private final double[][] z;
    private final double[][] y;
    private final Parallel parallel;
    private final CounterRandom random;

    /**
     * Prepares.
     *
     * @param z what is known of each row, in deviations; shared
     * @param y what is modelled, in deviations; shared
     * @param random of the waves' directions
     * @param parallel threads; the fit does not depend on them
     */
    public CurvedFit(double[][] z, double[][] y, CounterRandom random, Parallel parallel) {
        int step = Math.max(1, (z.length + MOST - 1) / MOST);
        int[] rows = IntStream.range(0, (z.length + step - 1) / step)
                .map(n -> n * step)
                .toArray();
        this.z = select(z, rows);
        this.y = select(y, rows);
        this.parallel = parallel;
        this.random = random;
    }

    /**
     * How many rows are fitted.
     *
     * @return all, or of many some evenly spaced
     */
    public int rows() {
        return z.length;
    }

    private static double[][] select(double[][] all, int[] rows) {
        return Arrays.stream(rows).mapToObj(n -> all[n]).toArray(double[][]::new);
    }

    /**
     * What was chosen by held-out rows.
     *
     * @param plan which functions
     * @param tails what held-out rows leave of each column
     * @param regression fitted to the rows that were not held out
     * @param nats log-densities of held-out rows by these functions, tails as of normal laws; shared
     * @param gain of held-out rows over straight functions
     * @param decision among what
     */
    public record Chosen(
            Plan plan, List<Tails> tails, CurvedRegression regression, double[] nats, Gain gain, Decision decision) {}

    /**
     * Chooses functions.
     *
     * @param heldZ what is known of held-out rows
     * @param heldY what is modelled of them
     * @return the functions by which these are likeliest
     */
    public Chosen choose(double[][] heldZ, double[][] heldY) {
        PlanSearch.Found found = new PlanSearch(z.length, plan -> nats(fit(plan), heldZ, heldY)).find();
        CurvedRegression regression = fit(found.plan());
        List<Tails> tails = tails(regression, heldZ, heldY);
        return new Chosen(found.plan(), tails, regression.with(tails), found.nats(), found.gain(), found.decision());
    }

    private static List<Tails> tails(CurvedRegression regression, double[][] z, double[][] y) {
        CurvedRegression.Place place = regression.place();
        double[][] left = new double[regression.size()][z.length];
        for (int n = 0; n < z.length; n++) {
            place.logDensity(z[n], y[n]);
            double[] row = place.left();
            for (int j = 0; j < row.length; j++) {
                left[j][n] = row[j];
            }
        }
        return Arrays.stream(left).map(Tails::of).toList();
    }

    /**
     * Fits what was chosen.
     *
     * @param chosen by held-out rows of the same table
     * @return the law of these rows, with the tails of those
     */
    public CurvedRegression fit(Chosen chosen) {
        return fit(chosen.plan()).with(chosen.tails());
    }

    private static double[] nats(CurvedRegression regression, double[][] z, double[][] y) {
        CurvedRegression.Place place = regression.place();
        double[] nats = new double[z.length];
        Arrays.setAll(nats, n -> place.logDensity(z[n], y[n]));
        return nats;
    }

    CurvedRegression fit(Plan plan) {
        int dim = z[0].length;
        int waves = Math.min(MOST_WAVES, z.length / ROWS);
        Functions means = plan.curved() ? Functions.waving(dim, waves, random) : Functions.straight(dim);
        Functions scales = plan.waving()
                ? Functions.waving(dim, waves / WAVES_IN_SCALES, random)
                : plan.kinks() > 0 ? Functions.kinked(z, plan.kinks()) : Functions.straight(dim);
        return new Fit(means, scales, plan.degree()).fit();
    }

    /** One fit: designs are shared by all columns. */
    private final class Fit {
        private final Functions means;
        private final Functions scales;
        private final int degree;
        private final double[] design;
        private final double[] scaleDesign;
        private final Ridge first;
        private final Ridge scoring;

        Fit(Functions means, Functions scales, int degree) {
            this.means = means;
            this.scales = scales;
            this.degree = degree;
            this.design = means.of(z, parallel);
            this.scaleDesign = scales.of(z, parallel);
            double[] ones = new double[z.length];
            Arrays.fill(ones, 1);
            this.first = new Ridge(design, means.size(), ones, means.shrinkage());
            this.scoring = new Ridge(scaleDesign, scales.size(), ones, scales.shrinkage());
        }

        CurvedRegression fit() {
            Marginal[] marginals = new Marginal[y[0].length];
            parallel.forEach(marginals.length, j -> marginals[j] = marginal(j));
            List<CurvedRegression.Column> columns = new ArrayList<>();
            double[][] left = new double[marginals.length][];
            for (int j = 0; j < marginals.length; j++) {
                columns.add(coupled(marginals[j], left, j));
            }
            return new CurvedRegression(means, scales, degree, columns);
        }

        /** What is found of a column without the others: the residuals are in its deviations. */
        private record Marginal(double[] mean, Scale scale, double[] residuals) {}

        private Marginal marginal(int j) {
            double[] own = Arrays.stream(y).mapToDouble(row -> row[j]).toArray();
            double[] mean = first.solve(own);
            Scale scale = scale(minus(own, Ridge.told(design, means.size(), mean)));
            for (int step = 0; step < REFINEMENTS; step++) {
                mean = new Ridge(design, means.size(), scale.precisions(), means.shrinkage()).solve(own);
                scale = scale(minus(own, Ridge.told(design, means.size(), mean)));
            }
            double[] residuals = minus(own, Ridge.told(design, means.size(), mean));
            return new Marginal(mean, scale, scale.over(residuals));
        }

        private CurvedRegression.Column coupled(Marginal own, double[][] left, int j) {
            if (j == 0) {
                left[0] = own.residuals;
                return new CurvedRegression.Column(
                        own.mean,
                        own.scale.coefficients,
                        own.scale.range(),
                        new double[0],
                        new double[0],
                        new double[2],
                        Tails.normal());
            }
            int powers = 1 + degree * z[0].length;
            int size = j * powers;
            double[] products = products(left, j, powers);
            double[] shrinkage = new double[size];
            Arrays.fill(shrinkage, 1);
            double[] precisions = new double[z.length];
            Arrays.fill(precisions, 1);
            double[] coupling = new double[size];
            Scale rest = own.scale;
            double[] residuals = own.residuals;
            for (int step = 0; step < REFINEMENTS; step++) {
                coupling = new Ridge(products, size, precisions, shrinkage).solve(own.residuals);
                residuals = minus(own.residuals, Ridge.told(products, size, coupling));
                rest = scale(residuals);
                precisions = rest.precisions();
            }
            left[j] = rest.over(residuals);
            return new CurvedRegression.Column(
                    own.mean,
                    own.scale.coefficients,
                    own.scale.range(),
                    coupling,
                    rest.coefficients,
                    rest.range(),
                    Tails.normal());
        }

        private double[] products(double[][] left, int j, int powers) {
            double[] products = new double[Math.multiplyExact(z.length, j * powers)];
            double[] of = new double[powers];
            for (int n = 0; n < z.length; n++) {
                CurvedRegression.powers(z[n], degree, of);
                for (int k = 0; k < j; k++) {
                    for (int p = 0; p < powers; p++) {
                        products[(n * j + k) * powers + p] = of[p] * left[k][n];
                    }
                }
            }
            return products;
        }

        /** Logarithms of variances, by residuals. */
        private Scale scale(double[] residuals) {
            double finest =
                    FINEST * Arrays.stream(residuals).map(r -> r * r).average().orElseThrow() + Double.MIN_NORMAL;
            double[] target = new double[residuals.length];
            Arrays.setAll(target, n -> Math.log(residuals[n] * residuals[n] + finest) - LOG_SQUARE);
            double[] coefficients = scoring.solve(target);
            double[] logs = Ridge.told(scaleDesign, scales.size(), coefficients);
            for (int step = 0; step < SCORINGS; step++) {
                for (int n = 0; n < target.length; n++) {
                    double square = residuals[n] * residuals[n] * Math.exp(-logs[n]);
                    target[n] = logs[n] + Math.min(FURTHEST, square - 1);
                }
                coefficients = scoring.solve(target);
                logs = Ridge.told(scaleDesign, scales.size(), coefficients);
            }
            return new Scale(coefficients, logs);
        }
    }

    /**
     * Logarithms of variances.
     *
     * @param coefficients of their functions
     * @param logs theirs at the rows
     */
    private record Scale(double[] coefficients, double[] logs) {
        double[] range() {
            return new double[] {
                Arrays.stream(logs).min().orElseThrow(),
                Arrays.stream(logs).max().orElseThrow()
            };
        }

        double[] precisions() {
            return Arrays.stream(logs).map(log -> Math.exp(-log)).toArray();
        }

        double[] over(double[] residuals) {
            double[] out = new double[logs.length];
            Arrays.setAll(out, n -> residuals[n] * Math.exp(-0.5 * logs[n]));
            return out;
        }
    }

    private static double[] minus(double[] from, double[] what) {
        double[] out = new double[from.length];
        Arrays.setAll(out, n -> from[n] - what[n]);
        return out;
    }
}
