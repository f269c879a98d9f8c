package org.eigendrift.samplers.program;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.ScoreModel;

/** Runs a {@link Program} on batches. Thread-safe: registers and evaluator belong to one call. */
public final class ProgramRun implements BatchSampler {
    private final Program program;
    private final ScoreModel model;
    private final RunContext run;

    /**
     * Binds a program to a model.
     *
     * @param program the program
     * @param model evaluated by it; one evaluator for each batch
     * @param run asked at every state whether to stop
     */
    public ProgramRun(Program program, ScoreModel model, RunContext run) {
        this.program = program;
        this.model = model;
        this.run = run;
    }

    @Override
    public Outcome run(Points x, Noise noise, StepObserver observer) {
        execute(x, noise, observer, model.evaluator());
        return new Outcome(program.evaluations(), program.steps(), 0);
    }

    /**
     * Runs the program with an evaluator that may remember earlier evaluations.
     *
     * @param x initial states in, result out; modified
     * @param noise noise
     * @param observer is told the states
     * @param evaluator evaluates the model
     */
    public void execute(Points x, Noise noise, StepObserver observer, ScoreModel.Evaluator evaluator) {
        Points[] registers = new Points[program.registers()];
        registers[0] = x.copy();
        for (int r = 1; r < registers.length; r++) {
            registers[r] = Points.zeros(x.dim(), x.size());
        }
        for (Program.Instruction op : program.instructions()) {
            switch (op.kind()) {
                case COMBINE -> combine(op, registers);
                case EPSILON, VELOCITY -> evaluate(op, registers, evaluator);
                case NOISE -> noise.normal(op.step(), op.draw(), registers[op.out()]);
                case STATE -> {
                    run.checkCancelled();
                    Finite.state(registers[op.in()[0]], op.step(), op.t());
                    observer.state(op.step(), op.t(), registers[op.in()[0]]);
                }
            }
        }
        x.copyFrom(registers[program.result()]);
    }

    private static void evaluate(Program.Instruction op, Points[] registers, ScoreModel.Evaluator evaluator) {
        Points in = registers[op.in()[0]];
        Points out = registers[op.out()];
        if (op.kind() == Program.Kind.VELOCITY) {
            evaluator.velocity(op.t(), in, out);
            Finite.field("velocity", out, op.t());
            return;
        }
        evaluator.score(op.t(), in, out);
        Finite.field("score", out, op.t());
        double[] values = out.values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= -op.scale();
        }
    }

    private void combine(Program.Instruction op, Points[] registers) {
        Points out = registers[op.out()];
        double[] target = out.values();
        int size = out.size();
        for (int i = 0; i < out.dim(); i++) {
            int from = out.offset(i);
            Arrays.fill(target, from, from + size, 0);
            for (int k = 0; k < op.in().length; k++) {
                double[] coefficients = op.coefficients()[k];
                double c = coefficients[coefficients.length == 1 ? 0 : i];
                int in = op.in()[k];
                if (in == Lin.ONE) {
                    add(target, from, size, c);
                } else {
                    addScaled(target, from, size, c, registers[in].values());
                }
            }
        }
        if (op.point()) {
            model.process().confine(out);
        }
    }

    private static void add(double[] target, int from, int size, double c) {
        for (int n = from; n < from + size; n++) {
            target[n] += c;
        }
    }

    private static void addScaled(double[] target, int from, int size, double c, double[] source) {
        for (int n = from; n < from + size; n++) {
            target[n] += c * source[n];
        }
    }
}
