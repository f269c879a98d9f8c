/** A plugin: Cholesky factorisation by the LAPACK of OpenBLAS. */
package org.eigendrift.solvers.openblas;
