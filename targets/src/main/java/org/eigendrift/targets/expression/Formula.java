package org.eigendrift.targets.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.target.Potential;

/**
 * A formula as a potential: a list of elementary operations, each on the results of earlier ones, evaluated for blocks of
 * points. The gradient is exact, by reverse-mode automatic differentiation: from the last operation to the first, each
 * passes its derivative on to its arguments. Nothing but arithmetic can be expressed. Immutable.
 *
 * <p>Equal subexpressions are computed once; sums are written out when the formula is read.
 */
public final class Formula implements Potential {
    /** Most operations, so that a sum over a million indices is refused. */
    private static final int LARGEST = 200_000;

    /** Points evaluated together: registers of a typical formula stay in the cache. */
    private static final int BLOCK = 64;

    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);
    private static final Set<String> FUNCTIONS = functions();

    private final String what;
    private final List<String> variables;
    private final List<Instruction> program = new ArrayList<>();
    private final Instruction[] code;
    private final Map<Instruction, Integer> known = new HashMap<>();

    /** One operation: a variable, a constant, or {@code operation} on the registers {@code a} and {@code b}. */
    private record Instruction(Operation operation, int a, int b, int variable, double constant) {
        static Instruction variable(int number) {
            return new Instruction(null, -1, -1, number, 0);
        }

        static Instruction constant(double value) {
            return new Instruction(null, -1, -1, -1, value);
        }

        boolean isConstant() {
            return operation == null && variable < 0;
        }
    }

    private Formula(String text, List<String> variables, String what) {
        this.what = what;
        this.variables = List.copyOf(variables);
        keepNeeded(emit(FormulaParser.parse(text, what), Map.of()));
        this.code = program.toArray(new Instruction[0]);
    }

    /** Drops the operations that the result does not depend on, such as indices; the result becomes the last. */
    private void keepNeeded(int result) {
        boolean[] needed = new boolean[result + 1];
        needed[result] = true;
        for (int r = result; r >= 0; r--) {
            Instruction i = program.get(r);
            if (needed[r] && i.operation() != null) {
                needed[i.a()] = true;
                if (i.b() >= 0) {
                    needed[i.b()] = true;
                }
            }
        }
        int[] place = new int[result + 1];
        List<Instruction> kept = new ArrayList<>();
        for (int r = 0; r <= result; r++) {
            if (needed[r]) {
                Instruction i = program.get(r);
                place[r] = kept.size();
                kept.add(
                        i.operation() == null
                                ? i
                                : new Instruction(i.operation(), place[i.a()], i.b() < 0 ? -1 : place[i.b()], -1, 0));
            }
        }
        program.clear();
        program.addAll(kept);
        known.clear();
    }

    /**
     * Reads a formula.
     *
     * @param text the formula
     * @param variables names of the coordinates, in order; {@code x[3]} is the variable named {@code x3}
     * @param what names the formula in messages
     * @return the potential
     * @throws InputException with the column where it is wrong and the nearest known name
     */
    public static Formula parse(String text, List<String> variables, String what) {
        for (String name : variables) {
            if (!isVariable(name)) {
                throw new InputException(
                        what + ": '" + name + "' cannot name a variable; expected letters and digits, no function");
            }
        }
        return new Formula(text, variables, what);
    }

    /**
     * Names of columns in formulas: their own, and of those whose names are none x1, x2, ... by their places.
     *
     * @param columns the columns
     * @return as many names
     */
    public static List<String> variables(List<Column> columns) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            names.add(isVariable(name) ? name : "x" + (i + 1));
        }
        return names;
    }

    private static boolean isVariable(String name) {
        return name.matches("[A-Za-z_][A-Za-z_0-9]*") && !CONSTANTS.containsKey(name) && !FUNCTIONS.contains(name);
    }

    private static Set<String> functions() {
        Set<String> names = new LinkedHashSet<>();
        for (Operation operation : Operation.values()) {
            names.add(operation.word());
        }
        names.removeAll(Set.of("add", "subtract", "multiply", "divide", "negate"));
        names.add("sum");
        return names;
    }

    /** Appends the operations of a node; returns the register of its value. */
    private int emit(Node node, Map<String, Integer> indices) {
        if (node instanceof Node.Constant constant) {
            return append(Instruction.constant(constant.value()));
        }
        if (node instanceof Node.Name name) {
            return emitName(name, indices);
        }
        if (node instanceof Node.Element element) {
            String name = element.name() + index(element.index(), indices);
            int variable = variables.indexOf(name);
            if (variable < 0) {
                throw unknown(element.at(), name, variables, "variable");
            }
            return append(Instruction.variable(variable));
        }
        if (node instanceof Node.Sum sum) {
            return emitSum(sum, indices);
        }
        return emitApply((Node.Apply) node, indices);
    }

    private int emitName(Node.Name name, Map<String, Integer> indices) {
        if (indices.containsKey(name.name())) {
            return append(Instruction.constant(indices.get(name.name())));
        }
        int variable = variables.indexOf(name.name());
        if (variable >= 0) {
            return append(Instruction.variable(variable));
        }
        if (CONSTANTS.containsKey(name.name())) {
            return append(Instruction.constant(CONSTANTS.get(name.name())));
        }
        List<String> candidates = new ArrayList<>(variables);
        candidates.addAll(List.of("pi", "e"));
        throw unknown(name.at(), name.name(), candidates, "name");
    }

    private InputException unknown(int at, String name, List<String> candidates, String kind) {
        List<String> shown = candidates.size() > 40 ? candidates.subList(0, 40) : candidates;
        return new InputException(
                what + ", column " + at + ": unknown " + kind + " '" + name + "'" + Nearest.hint(name, shown));
    }

    private int emitSum(Node.Sum sum, Map<String, Integer> indices) {
        int from = index(sum.from(), indices);
        int to = index(sum.to(), indices);
        int total = append(Instruction.constant(0));
        for (int i = from; i <= to; i++) {
            Map<String, Integer> inner = new HashMap<>(indices);
            inner.put(sum.index(), i);
            total = operate(Operation.ADD, total, emit(sum.term(), inner));
            if (i - (long) from > LARGEST) {
                throw tooLarge();
            }
        }
        return total;
    }

    /** The value of an index: a whole number made of numbers and indices of sums. */
    private int index(Node node, Map<String, Integer> indices) {
        Instruction value = program.get(emit(node, indices));
        if (!value.isConstant()
                || value.constant() != Math.rint(value.constant())
                || Math.abs(value.constant()) > 1e9) {
            throw new InputException(
                    what + ", column " + node.at() + ": expected a whole number made of numbers and indices of sums");
        }
        return (int) value.constant();
    }

    private int emitApply(Node.Apply apply, Map<String, Integer> indices) {
        Operation operation = null;
        for (Operation candidate : Operation.values()) {
            if (candidate.word().equals(apply.function())) {
                operation = candidate;
            }
        }
        if (operation == null) {
            throw unknown(apply.at(), apply.function(), List.copyOf(FUNCTIONS), "function");
        }
        if (apply.arguments().size() != operation.arguments()) {
            throw new InputException(what + ", column " + apply.at() + ": " + apply.function() + " takes "
                    + operation.arguments() + (operation.arguments() == 1 ? " argument" : " arguments") + ", found "
                    + apply.arguments().size());
        }
        int a = emit(apply.arguments().get(0), indices);
        int b = operation.arguments() == 1 ? -1 : emit(apply.arguments().get(1), indices);
        return operate(operation, a, b);
    }

    private int operate(Operation operation, int a, int b) {
        boolean constant =
                program.get(a).isConstant() && (b < 0 || program.get(b).isConstant());
        if (constant) {
            double second = b < 0 ? 0 : program.get(b).constant();
            return append(Instruction.constant(operation.apply(program.get(a).constant(), second)));
        }
        if (operation == Operation.ADD && program.get(a).equals(Instruction.constant(0))) {
            return b;
        }
        if (operation == Operation.POW && program.get(b).equals(Instruction.constant(2))) {
            return append(new Instruction(Operation.MULTIPLY, a, a, -1, 0));
        }
        return append(new Instruction(operation, a, b, -1, 0));
    }

    private int append(Instruction instruction) {
        Integer before = known.get(instruction);
        if (before != null) {
            return before;
        }
        if (program.size() == LARGEST) {
            throw tooLarge();
        }
        program.add(instruction);
        known.put(instruction, program.size() - 1);
        return program.size() - 1;
    }

    private InputException tooLarge() {
        return new InputException(what + " needs more than " + LARGEST + " operations");
    }

    /**
     * The variables that the value depends on.
     *
     * @return their names
     */
    public Set<String> mentioned() {
        Set<String> names = new LinkedHashSet<>();
        for (Instruction instruction : program) {
            if (instruction.variable() >= 0) {
                names.add(variables.get(instruction.variable()));
            }
        }
        return names;
    }

    @Override
    public void energy(Points x, double[] out) {
        int width = Math.min(BLOCK, x.size());
        double[] registers = new double[Math.multiplyExact(code.length, width)];
        for (int from = 0; from < x.size(); from += BLOCK) {
            int count = Math.min(BLOCK, x.size() - from);
            forward(x, from, count, registers, width);
            System.arraycopy(registers, (code.length - 1) * width, out, from, count);
        }
    }

    /** Computes register r of the points {@code from} to {@code from + count - 1} at {@code r * width}. */
    private void forward(Points x, int from, int count, double[] registers, int width) {
        for (int r = 0; r < code.length; r++) {
            Instruction i = code[r];
            int at = r * width;
            if (i.operation() != null) {
                evaluate(i.operation(), registers, i.a() * width, Math.max(i.b(), 0) * width, at, count);
            } else if (i.variable() >= 0) {
                System.arraycopy(x.values(), x.offset(i.variable()) + from, registers, at, count);
            } else {
                Arrays.fill(registers, at, at + count, i.constant());
            }
        }
    }

    /** The frequent operations have loops of their own, which the compiler turns into vector instructions. */
    private static void evaluate(Operation operation, double[] registers, int a, int b, int out, int count) {
        switch (operation) {
            case ADD -> {
                for (int n = 0; n < count; n++) {
                    registers[out + n] = registers[a + n] + registers[b + n];
                }
            }
            case SUBTRACT -> {
                for (int n = 0; n < count; n++) {
                    registers[out + n] = registers[a + n] - registers[b + n];
                }
            }
            case MULTIPLY -> {
                for (int n = 0; n < count; n++) {
                    registers[out + n] = registers[a + n] * registers[b + n];
                }
            }
            default -> {
                for (int n = 0; n < count; n++) {
                    registers[out + n] = operation.apply(registers[a + n], registers[b + n]);
                }
            }
        }
    }

    @Override
    public void gradient(Points x, Points out) {
        int width = Math.min(BLOCK, x.size());
        double[] registers = new double[Math.multiplyExact(code.length, width)];
        double[] adjoints = new double[registers.length];
        Arrays.fill(out.values(), 0);
        for (int from = 0; from < x.size(); from += BLOCK) {
            int count = Math.min(BLOCK, x.size() - from);
            forward(x, from, count, registers, width);
            Arrays.fill(adjoints, 0);
            int last = (code.length - 1) * width;
            Arrays.fill(adjoints, last, last + count, 1);
            for (int r = code.length - 1; r >= 0; r--) {
                Instruction i = code[r];
                if (i.operation() != null) {
                    backward(i, r * width, registers, adjoints, width, count);
                } else if (i.variable() >= 0) {
                    System.arraycopy(adjoints, r * width, out.values(), out.offset(i.variable()) + from, count);
                }
            }
        }
    }

    /** Adds to the arguments' adjoints the adjoint at {@code at} times the derivative by each. */
    private void backward(Instruction i, int at, double[] registers, double[] adjoints, int width, int count) {
        int a = i.a() * width;
        int b = Math.max(i.b(), 0) * width;
        // A derivative that is not wanted is not computed: that of a power by a constant exponent may not exist.
        boolean both = i.b() >= 0 && !code[i.b()].isConstant();
        for (int n = 0; n < count; n++) {
            double adjoint = adjoints[at + n];
            if (adjoint != 0) {
                double value = registers[at + n];
                adjoints[a + n] += adjoint * i.operation().first(registers[a + n], registers[b + n], value);
                if (both) {
                    adjoints[b + n] += adjoint * i.operation().second(registers[a + n], registers[b + n], value);
                }
            }
        }
    }
}
