/** A law of columns of which some have one value in all rows: they are left out of the fit, and put back. */
package org.eigendrift.engine.law.constant;
