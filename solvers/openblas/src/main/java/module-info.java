/** A plugin: Cholesky factorisation by the LAPACK of OpenBLAS. Exports nothing. */
module org.eigendrift.solvers.openblas {
    requires org.eigendrift.api;
    requires org.eigendrift.solvers;
    requires org.bytedeco.openblas;

    provides org.eigendrift.api.linear.SolverProvider with
            org.eigendrift.solvers.openblas.OpenblasCholeskyProvider;
}
