/** Laws mixed by weights, each fitted to all rows or to those that a gate gives it. */
package org.eigendrift.engine.law.mixture;
