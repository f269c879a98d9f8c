/** Krylov methods: conjugate gradients and their relatives, MINRES, GMRES, BiCGSTAB, LSQR and LSMR. */
package org.eigendrift.solvers.krylov;
