/** From a factorisation to a solver that judges its own results. Exported, for native kernels that come as plugins. */
package org.eigendrift.solvers.factor;
