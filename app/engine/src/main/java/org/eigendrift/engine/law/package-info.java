/** Laws of every kind, as the engine and the command line ask them. */
package org.eigendrift.engine.law;
