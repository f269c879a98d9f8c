/** The stepping core: samplers as straight-line programs of evaluations, linear combinations and noise. */
package org.eigendrift.samplers.program;
