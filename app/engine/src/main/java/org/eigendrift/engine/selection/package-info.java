/** Chooses what was left to the fit by the held-out evidence bound (METHOD 7). */
package org.eigendrift.engine.selection;
