/** Chooses times, ridges and numbers of functions by the held-out evidence bound, or ridges by a rule. */
package org.eigendrift.engine.selection;
