package org.eigendrift.targets.boltzmann;

/** What lies beyond the ends of a chain or lattice. */
public enum Boundary {
    /** Sites held at 0, bound to the outermost sites like neighbours. */
    DIRICHLET,
    /** The other end. */
    PERIODIC,
    /** Nothing. */
    NEUMANN
}
