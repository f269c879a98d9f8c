/** Affine processes: variance-preserving, variance-exploding, Ornstein-Uhlenbeck. */
package org.eigendrift.samplers.process;
