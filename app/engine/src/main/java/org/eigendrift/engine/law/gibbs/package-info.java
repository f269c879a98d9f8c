/** The Gibbs density as a law, beside the flow that proposes its draws. */
package org.eigendrift.engine.law.gibbs;
