package org.eigendrift.targets.mcmc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.targets.Blocks;

/** Draws of several chains, and what their diagnostics say. */
public final class Chains {
    /** Chains of one block share step size and scales; the number is fixed so that results do not depend on threads. */
    private static final int BLOCK = 16;

    /** Vehtari, Gelman, Simpson, Carpenter, Buerkner (Bayesian Analysis 16, 2021) advise against chains above this. */
    static final double R_HAT_LIMIT = 1.01;

    /** Chains begin within a few units of 0. Further out than this the energy's rounding stops them. */
    private static final double RUNAWAY = 1e8;

    private final BoltzmannModel model;
    private final List<Column> columns;
    private final Points[] chains;

    private Chains(BoltzmannModel model, Points[] chains) {
        this.model = model;
        this.columns = model.columns();
        this.chains = chains;
    }

    /**
     * Runs chains.
     *
     * @param model what to sample
     * @param plan how
     * @param random random numbers
     * @param context gives threads, progress and cancellation
     * @return the draws
     * @throws NumericalException if the energy is finite nowhere near the start
     */
    public static Chains run(BoltzmannModel model, ChainPlan plan, CounterRandom random, RunContext context) {
        int dim = model.columns().size();
        Points[] draws = new Points[plan.chains()];
        for (int c = 0; c < draws.length; c++) {
            draws[c] = Points.zeros(dim, plan.draws());
        }
        boolean together = plan.sampler() == ChainPlan.Sampler.HMC;
        int width = together ? BLOCK : 1;
        int blocks = (plan.chains() + width - 1) / width;
        Blocks.run("reference chains", blocks, context, b -> {
            int first = b * width;
            int last = Math.min(plan.chains(), first + width);
            switch (plan.sampler()) {
                case HMC -> Hamiltonian.run(model, plan, random, first, last, draws, context);
                case NUTS -> new NoUTurn(model, plan, random, first, draws[first]).run(context);
                case TEMPERING -> Tempering.run(model, plan, random, first, draws[first], context);
            }
        });
        Chains chains = new Chains(model, draws);
        chains.checkFinite();
        return chains;
    }

    /** A chain that runs away belongs to a potential whose exp(-U) has no finite integral. */
    private void checkFinite() {
        for (int c = 0; c < chains.length; c++) {
            for (int j = 0; j < chains[c].values().length; j++) {
                double value = chains[c].values()[j];
                if (!(Math.abs(value) < RUNAWAY)) {
                    throw new NumericalException("reference chain " + (c + 1) + " reached "
                            + columns.get(j / chains[c].size()).name() + " = " + value
                            + "; exp(-U) seems to have no finite integral");
                }
            }
        }
    }

    /**
     * Where chains begin: a start with a finite energy each.
     *
     * @param model what to sample
     * @param random random numbers
     * @param first number of the first chain
     * @param count number of chains
     * @return one point a chain
     */
    static Points starts(BoltzmannModel model, CounterRandom random, long first, int count) {
        int dim = model.columns().size();
        Points out = Points.zeros(dim, count);
        double[] row = new double[dim];
        double[] energy = new double[1];
        for (int n = 0; n < count; n++) {
            int trials = 0;
            Points point;
            do {
                if (trials == 200) {
                    throw new NumericalException("the energy was not finite at any of " + trials
                            + " random points, the last being " + Arrays.toString(row) + ": " + energy[0]);
                }
                model.start(random.derive(trials++), first + n, row);
                point = Points.ofRows(row);
                model.potential().energy(point, energy);
            } while (!Double.isFinite(energy[0]));
            out.paste(n, point);
        }
        return out;
    }

    /**
     * The draws as rows: draw 0 of every chain, then draw 1 of every chain, and so on.
     *
     * @param first number of the first row
     * @param count how many rows
     * @return a new batch
     */
    public Points rows(int first, int count) {
        Points out = Points.zeros(columns.size(), count);
        for (int i = 0; i < columns.size(); i++) {
            for (int n = 0; n < count; n++) {
                int chain = (int) (((long) first + n) % chains.length);
                out.set(i, n, chains[chain].get(i, (int) (((long) first + n) / chains.length)));
            }
        }
        return out;
    }

    /** A quantity of every draw, one array a chain. */
    double[][] quantity(int coordinate, boolean sine) {
        boolean angle = columns.get(coordinate).kind() == Column.Kind.ANGLE;
        double[][] out = new double[chains.length][];
        for (int c = 0; c < out.length; c++) {
            out[c] = chains[c].column(coordinate);
            for (int n = 0; angle && n < out[c].length; n++) {
                out[c][n] = sine ? Math.sin(out[c][n]) : Math.cos(out[c][n]);
            }
        }
        return out;
    }

    /** The energy of every draw, one array a chain. */
    double[][] energies() {
        double[][] out = new double[chains.length][];
        for (int c = 0; c < out.length; c++) {
            out[c] = new double[chains[c].size()];
            model.potential().energy(chains[c], out[c]);
        }
        return out;
    }

    /**
     * What a reader of the report should know.
     *
     * @return a sentence if split R-hat of the energy or of a coordinate (of an angle, its cosine and sine) is above
     *     1.01
     */
    public List<String> remarks() {
        if (chains[0].size() < 4) {
            return List.of("the reference chains are too short to be judged: " + chains[0].size() + " draws each");
        }
        String worst = "the energy";
        double[][] energies = energies();
        double rHat = Diagnostics.splitRHat(energies);
        double effective = Diagnostics.effectiveSize(energies);
        for (int i = 0; i < columns.size(); i++) {
            int parts = columns.get(i).kind() == Column.Kind.ANGLE ? 2 : 1;
            for (int part = 0; part < parts; part++) {
                double[][] values = quantity(i, part == 1);
                double value = Diagnostics.splitRHat(values);
                if (value > rHat) {
                    rHat = value;
                    effective = Diagnostics.effectiveSize(values);
                    String prefix = parts == 1 ? "" : part == 0 ? "cos " : "sin ";
                    worst = prefix + columns.get(i).name();
                }
            }
        }
        List<String> remarks = new ArrayList<>();
        if (!(rHat <= R_HAT_LIMIT)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "the reference chains have not mixed: split R-hat of %s is %.3f (should be at most %.2f), its effective"
                            + " sample size %.0f; raise warmup or thin, or take sampler: tempering",
                    worst,
                    rHat,
                    R_HAT_LIMIT,
                    effective));
        }
        return remarks;
    }
}
