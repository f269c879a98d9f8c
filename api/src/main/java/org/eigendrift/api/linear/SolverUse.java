package org.eigendrift.api.linear;

/**
 * What a fit needs a solver for, where a configuration names none: one system after another of a kind. The preference of an offer is
 * minus the multiply-adds that a solve is expected to take.
 *
 * @param unknowns order of the systems
 * @param entries entries of the matrix that may differ from 0, both triangles
 * @param direct whether only a solver will do that ends after a number of steps known beforehand: what is tried after one that did
 *     not converge
 */
public record SolverUse(int unknowns, long entries, boolean direct) {}
