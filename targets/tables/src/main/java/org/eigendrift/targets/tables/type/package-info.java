/** The built-in types of columns. */
package org.eigendrift.targets.tables.type;
