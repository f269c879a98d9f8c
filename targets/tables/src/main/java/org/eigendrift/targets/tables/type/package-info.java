/** The types of columns that come with the program: numbers, levels, days and times, names; how each is found and written. */
package org.eigendrift.targets.tables.type;
