package org.eigendrift.solvers.openblas;

import org.eigendrift.api.InputException;
import org.eigendrift.solvers.factor.DirectProvider;
import org.eigendrift.solvers.factor.Factorization;

/** Dense Cholesky factorisation by OpenBLAS (LAPACK's dpotrf), on one thread. */
public final class OpenblasCholeskyProvider extends DirectProvider {
    private static final String NAME = "openblas-cholesky";

    /** Creates the provider; the library is loaded with the first solver. */
    public OpenblasCholeskyProvider() {
        super(NAME, "dense Cholesky factorisation by OpenBLAS, native code");
    }

    @Override
    protected Factorization factorization() {
        try {
            return LapackCholesky.load();
        } catch (LinkageError e) {
            throw new InputException("solver " + NAME + " " + LapackCholesky.unloadable("cholesky"), e);
        }
    }
}
