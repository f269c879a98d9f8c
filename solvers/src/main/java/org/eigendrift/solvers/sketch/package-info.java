/** Samplers of rows of least-squares problems, by leverage scores and volume. */
package org.eigendrift.solvers.sketch;
