/** Laws given evidence, from the density and the draws of any law of real columns: quadrature, acceptance, particles. */
package org.eigendrift.engine.conditional;
