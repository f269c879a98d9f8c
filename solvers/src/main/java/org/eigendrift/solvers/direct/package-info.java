/** Solvers that factorise: Cholesky, LDL, QR and spectral ones, by EJML, ojAlgo and code of its own. */
package org.eigendrift.solvers.direct;
