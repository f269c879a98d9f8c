/** Data files and bundled data sets, read in chunks. */
package org.eigendrift.targets.file;
