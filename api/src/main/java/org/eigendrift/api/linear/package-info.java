/** Symmetric linear systems, their solvers and preconditioners. */
package org.eigendrift.api.linear;
