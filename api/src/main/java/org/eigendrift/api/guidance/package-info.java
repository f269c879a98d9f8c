/** Guidance: steering samples of a score model by observations, objectives and other models; particles that make it exact. */
package org.eigendrift.api.guidance;
