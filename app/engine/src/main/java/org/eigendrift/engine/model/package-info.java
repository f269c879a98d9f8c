/** The fitted model as samplers and likelihoods see it: theta along the times, the score, the process. */
package org.eigendrift.engine.model;
