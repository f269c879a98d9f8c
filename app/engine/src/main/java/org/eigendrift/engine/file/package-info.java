/** The model file, and what it makes possible: merging models and taking rows back. */
package org.eigendrift.engine.file;
