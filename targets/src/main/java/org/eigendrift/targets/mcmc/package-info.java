/** Markov chains for Boltzmann distributions: HMC, NUTS, parallel tempering, and their diagnostics. */
package org.eigendrift.targets.mcmc;
