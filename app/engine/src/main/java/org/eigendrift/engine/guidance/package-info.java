/** Guidance of laws that are flows: their coordinates as operators, guided laws, optimisation in rounds. */
package org.eigendrift.engine.guidance;
