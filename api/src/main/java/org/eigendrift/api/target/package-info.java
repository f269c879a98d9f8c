/** What is to be modelled: a data file, a Boltzmann distribution, an exactly solvable toy, a simulator. */
@Stability(Stability.Status.STABLE)
package org.eigendrift.api.target;

import org.eigendrift.api.Stability;
