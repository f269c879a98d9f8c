/**
 * Guidance of laws that are flows: their coordinates as operators, guided laws, optimisation in rounds; gradients through the
 * flow, what to measure next, gains of sensors.
 */
package org.eigendrift.engine.guidance;
