/** Rules that choose a ridge by the rows of the fit alone. */
package org.eigendrift.solvers.ridge;
