/** What a fit tells of itself, beside what every law tells: sizes, times, charts, functions. */
package org.eigendrift.engine.report;
