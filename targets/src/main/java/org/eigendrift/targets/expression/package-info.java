/** Formulas of users: parsed, evaluated for batches of points, differentiated automatically. */
package org.eigendrift.targets.expression;
