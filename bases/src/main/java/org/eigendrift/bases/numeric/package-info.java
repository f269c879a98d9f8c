/** Numerical building blocks of bases and frames: quadrature, orthogonal polynomials, banded systems, eigenpairs. */
package org.eigendrift.bases.numeric;
