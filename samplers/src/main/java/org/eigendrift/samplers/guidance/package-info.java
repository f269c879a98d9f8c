/** Guidance: published methods under their own names, on one Tweedie estimate with exact curvature. */
package org.eigendrift.samplers.guidance;
