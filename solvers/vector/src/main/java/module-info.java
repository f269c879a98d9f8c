/**
 * Products of matrices by the vector API, which is an incubating module: it need not be there, and is looked for when the kernel is
 * created. Exports nothing.
 */
module org.eigendrift.solvers.vector {
    requires org.eigendrift.api;
    requires static jdk.incubator.vector;

    provides org.eigendrift.api.linear.ProductKernelProvider with
            org.eigendrift.solvers.vector.VectorKernelProvider;
}
