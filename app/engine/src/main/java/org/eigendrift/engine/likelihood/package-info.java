/** Curved normal regressions of columns on others: means, scales and couplings that are functions, each found by linear systems. */
package org.eigendrift.engine.likelihood;
