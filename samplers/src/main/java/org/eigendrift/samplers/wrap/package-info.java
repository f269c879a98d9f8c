/** Samplers that change what another sampler sees of the model. */
package org.eigendrift.samplers.wrap;
