/** Samplers for affine processes: DDPM and DDIM, EDM, exponential integrators, and their relatives. */
package org.eigendrift.samplers.affine;
