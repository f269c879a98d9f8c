/** Gibbs densities: the laws that scores at t = 0 belong to, their constants and their draws. */
package org.eigendrift.engine.gibbs;
