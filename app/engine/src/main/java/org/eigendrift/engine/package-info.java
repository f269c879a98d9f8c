/** The way in: {@link org.eigendrift.engine.Eigendrift} fits rows, and writes, reads, adds and takes apart laws. */
package org.eigendrift.engine;
