/** Symmetric linear systems, their solvers and preconditioners, rules for their ridges, samplers of rows. */
package org.eigendrift.api.linear;
