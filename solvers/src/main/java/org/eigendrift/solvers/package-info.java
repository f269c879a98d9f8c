/** What solvers of every kind share: the frame of an iteration, what is asked of a system before it is solved, vectors. */
package org.eigendrift.solvers;
