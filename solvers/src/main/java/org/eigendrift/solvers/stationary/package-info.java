/** Stationary iterations, and rules that learn their relaxation from one system to the next. */
package org.eigendrift.solvers.stationary;
