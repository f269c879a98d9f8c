/** What users ask of rows: objectives and forward operators by formulas, and properties fitted to rows. */
package org.eigendrift.targets.objective;
