package org.eigendrift.solvers;

/** The words of the options that all iterations share. */
public final class OptionText {
    /** Of {@code preconditioner}. */
    public static final String PRECONDITIONER = "Approximate inverse of the matrix, created anew for each system.";

    /** Of {@code tolerance}. */
    public static final String TOLERANCE = "Relative residual |b - A x| / |b| of a converged solve.";

    /** Of {@code max_iterations}. */
    public static final String MAX_ITERATIONS = "Iterations at most; reaching them is reported as not converged.";

    /** Of {@code condition_steps}. */
    public static final String CONDITION_STEPS =
            "Matrix products spent on the estimate of the condition number, a lower bound; 0 for no estimate.";

    private OptionText() {}
}
