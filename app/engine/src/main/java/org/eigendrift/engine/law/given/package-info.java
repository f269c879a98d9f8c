/** Laws of some columns given others: mixtures of linear regressions whose shares depend on what is given. */
package org.eigendrift.engine.law.given;
