/** The fitted model as samplers and likelihoods see it: theta along the times, the score, the process (METHOD 6). */
package org.eigendrift.engine.model;
