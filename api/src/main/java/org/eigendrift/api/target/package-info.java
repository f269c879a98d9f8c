/** What is to be modelled: a data file, a Boltzmann distribution, an exactly solvable toy. */
package org.eigendrift.api.target;
