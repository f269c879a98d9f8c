/** Time grids: at which times a sampler evaluates the model, even in some scale or as listed. */
package org.eigendrift.samplers.grid;
