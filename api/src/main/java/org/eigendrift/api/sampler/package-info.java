/** Samplers and time grids. */
package org.eigendrift.api.sampler;
