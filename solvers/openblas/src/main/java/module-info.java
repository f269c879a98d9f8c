/** A plugin: products of matrices and Cholesky factorisation by OpenBLAS. Exports nothing. */
module org.eigendrift.solvers.openblas {
    requires org.eigendrift.api;
    requires org.eigendrift.solvers;
    requires org.bytedeco.openblas;

    provides org.eigendrift.api.linear.ProductKernelProvider with
            org.eigendrift.solvers.openblas.BlasKernelProvider;
    provides org.eigendrift.api.linear.SolverProvider with
            org.eigendrift.solvers.openblas.OpenblasCholeskyProvider;
}
