/** Simulators, and the target that runs them. */
package org.eigendrift.targets.simulator;
