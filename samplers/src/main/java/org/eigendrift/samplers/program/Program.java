package org.eigendrift.samplers.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.score.AffineProcess;

/**
 * A sampler written out for one grid: a straight line of model evaluations, linear combinations and noise. Whatever
 * depends on the grid alone is a number in it. Written with a {@link Builder}, in which every value is assigned once;
 * building lays the values into as few registers as their lifetimes allow. Immutable.
 */
public final class Program {

    /** What an instruction does. */
    enum Kind {
        /** out = sum of coefficients times registers, brought back into the domain if it is a point. */
        COMBINE,
        /** out = -sigma_t score(t, in): the noise that the model sees in a point. */
        EPSILON,
        /** out = velocity(t, in) of the probability flow, in sampling direction. */
        VELOCITY,
        /** out = standard normal numbers. */
        NOISE,
        /** in is a state that the observer is told. */
        STATE
    }

    /**
     * One instruction.
     *
     * @param kind what it does
     * @param out register written, -1 if none
     * @param in registers read; -1 stands for the constant 1
     * @param coefficients factors of {@code in}, each one number or one for each coordinate
     * @param t forward time
     * @param scale sigma_t, for EPSILON
     * @param point whether out is a point of the domain, for COMBINE
     * @param step step, for NOISE and STATE
     * @param draw draw within the step, for NOISE
     */
    record Instruction(
            Kind kind,
            int out,
            int[] in,
            double[][] coefficients,
            double t,
            double scale,
            boolean point,
            int step,
            int draw) {}

    private final List<Instruction> instructions;
    private final int registers;
    private final int result;

    private Program(List<Instruction> instructions, int registers, int result) {
        this.instructions = List.copyOf(instructions);
        this.registers = registers;
        this.result = result;
    }

    private int count(Kind kind) {
        int n = 0;
        for (Instruction i : instructions) {
            n += i.kind == kind ? 1 : 0;
        }
        return n;
    }

    List<Instruction> instructions() {
        return instructions;
    }

    int registers() {
        return registers;
    }

    int result() {
        return result;
    }

    /**
     * Evaluations of the model for each point.
     *
     * @return the number of function evaluations (NFE)
     */
    public int evaluations() {
        return count(Kind.EPSILON) + count(Kind.VELOCITY);
    }

    /**
     * Steps, that is states less the initial one.
     *
     * @return the number of steps reported to an observer
     */
    public int steps() {
        return count(Kind.STATE) - 1;
    }

    /** Writes a program; every value is assigned once. */
    public static final class Builder {
        private final AffineProcess process;
        private final List<Instruction> code = new ArrayList<>();
        private int values = 1;
        private int last;

        /** A builder for any process: velocities only. */
        public Builder() {
            this(null);
        }

        /**
         * A builder for an affine process.
         *
         * @param process gives sigma_t to {@link #epsilon}
         */
        public Builder(AffineProcess process) {
            this.process = process;
        }

        /**
         * The initial state.
         *
         * @return the batch as it is handed in
         */
        public Lin input() {
            return Lin.of(0);
        }

        /**
         * Computes a combination now, once, as a point of the domain.
         *
         * @param x the combination
         * @return the value as a term of its own
         */
        public Lin point(Lin x) {
            return x.isValue() ? x : combine(x, true);
        }

        /**
         * Computes a combination now, once.
         *
         * @param x the combination
         * @return the value as a term of its own
         */
        public Lin keep(Lin x) {
            return x.isValue() ? x : combine(x, false);
        }

        private Lin combine(Lin x, boolean point) {
            int[] in = new int[x.terms()];
            double[][] coefficients = new double[x.terms()][];
            for (int k = 0; k < in.length; k++) {
                in[k] = x.value(k);
                coefficients[k] = x.coefficient(k);
            }
            code.add(new Instruction(Kind.COMBINE, values, in, coefficients, 0, 0, point, 0, 0));
            return Lin.of(values++);
        }

        /**
         * Evaluates the model's noise prediction epsilon = -sigma_t grad log p_t.
         *
         * @param t forward time
         * @param x the point
         * @return epsilon
         */
        public Lin epsilon(double t, Lin x) {
            return field(Kind.EPSILON, t, process.sigma(t), x);
        }

        /**
         * Evaluates the velocity of the probability flow in sampling direction.
         *
         * @param t forward time
         * @param x the point
         * @return the velocity
         */
        public Lin velocity(double t, Lin x) {
            return field(Kind.VELOCITY, t, 0, x);
        }

        private Lin field(Kind kind, double t, double scale, Lin x) {
            int[] in = {point(x).value(0)};
            code.add(new Instruction(kind, values, in, null, t, scale, false, 0, 0));
            return Lin.of(values++);
        }

        /**
         * Draws noise.
         *
         * @param step the sampler's step
         * @param draw which draw within the step
         * @return standard normal numbers
         */
        public Lin noise(int step, int draw) {
            code.add(new Instruction(Kind.NOISE, values, new int[0], null, 0, 0, false, step, draw));
            return Lin.of(values++);
        }

        /**
         * Reports a state; the last one reported is the result.
         *
         * @param step 0 for the initial state
         * @param t forward time
         * @param x the state
         * @return the state as a term of its own
         */
        public Lin state(int step, double t, Lin x) {
            Lin state = point(x);
            last = state.value(0);
            code.add(new Instruction(Kind.STATE, -1, new int[] {last}, null, t, 0, true, step, 0));
            return state;
        }

        /**
         * Lays values into registers by their lifetimes; register 0 holds the input until its last use.
         *
         * @return the program
         */
        public Program build() {
            int[] lastUse = new int[values];
            Arrays.fill(lastUse, -1);
            for (int i = 0; i < code.size(); i++) {
                for (int v : code.get(i).in) {
                    if (v >= 0) {
                        lastUse[v] = i;
                    }
                }
            }
            lastUse[last] = Integer.MAX_VALUE;
            return allocate(lastUse);
        }

        private Program allocate(int[] lastUse) {
            int[] home = new int[values];
            List<Integer> free = new ArrayList<>();
            int registers = 1;
            List<Instruction> laid = new ArrayList<>();
            for (int i = 0; i < code.size(); i++) {
                Instruction op = code.get(i);
                int out = -1;
                if (op.out >= 0) {
                    // Operands are released only afterwards, so out never aliases them.
                    out = free.isEmpty() ? registers++ : free.remove(free.size() - 1);
                    home[op.out] = out;
                }
                int[] in = new int[op.in.length];
                for (int k = 0; k < in.length; k++) {
                    in[k] = op.in[k] < 0 ? Lin.ONE : home[op.in[k]];
                }
                for (int v : op.in) {
                    if (v >= 0 && lastUse[v] == i) {
                        free.add(home[v]);
                    }
                }
                if (op.out >= 0 && lastUse[op.out] < 0) {
                    free.add(out);
                }
                laid.add(
                        new Instruction(op.kind, out, in, op.coefficients, op.t, op.scale, op.point, op.step, op.draw));
            }
            return new Program(laid, registers, home[last]);
        }
    }
}
