package org.eigendrift.samplers.affine;

import org.eigendrift.samplers.program.Level;
import org.eigendrift.samplers.program.Lin;

/**
 * An evaluation of the past.
 *
 * @param level where
 * @param output the model's output there
 */
record Node(Level level, Lin output) {}
