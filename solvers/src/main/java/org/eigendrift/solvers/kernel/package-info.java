/** Kernels for sums of products. */
package org.eigendrift.solvers.kernel;
