/** Judges of models: pure functions of log-likelihoods of held-out rows, whoever fitted and scored. */
package org.eigendrift.engine.judge;
