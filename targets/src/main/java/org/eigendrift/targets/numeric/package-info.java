/** Quadrature and special functions. */
package org.eigendrift.targets.numeric;
