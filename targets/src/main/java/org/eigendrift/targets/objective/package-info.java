/** Objectives of users: formulas, and properties fitted to rows. */
package org.eigendrift.targets.objective;
