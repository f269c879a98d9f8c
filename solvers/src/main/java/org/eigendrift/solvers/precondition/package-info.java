/** Preconditioners: approximate inverses that iterations ask for. */
package org.eigendrift.solvers.precondition;
