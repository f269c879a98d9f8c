/** Symmetric linear systems, their solvers and preconditioners, rules for their ridges, samplers of rows. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.linear;

import org.eigendrift.api.Stability;
