/** Samplers for any process: probability-flow equation, reverse stochastic equation, predictor and corrector. */
package org.eigendrift.samplers.flow;
