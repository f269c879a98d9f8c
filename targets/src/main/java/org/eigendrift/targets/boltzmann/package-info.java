/** Boltzmann distributions given by a potential. */
package org.eigendrift.targets.boltzmann;
