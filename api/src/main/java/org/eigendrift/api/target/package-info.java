/** What is to be modelled: a data file, a Boltzmann distribution, an exactly solvable toy, a simulator. */
package org.eigendrift.api.target;
