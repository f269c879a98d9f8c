package org.eigendrift.solvers.openblas;

import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;

/** Asks twice for a solver that cannot load its library, and prints the answers that differ. */
final class WithoutLibrary {
    private WithoutLibrary() {}

    public static void main(String[] arguments) {
        OpenblasCholeskyProvider provider = new OpenblasCholeskyProvider();
        String first = "";
        for (int k = 0; k < 2; k++) {
            try {
                provider.create(provider.options().defaults(), RunContext.quiet(1));
                System.out.println("it was loaded");
            } catch (InputException e) {
                System.out.print(e.getMessage().equals(first) ? "" : e.getMessage() + System.lineSeparator());
                first = e.getMessage();
            }
        }
    }
}
