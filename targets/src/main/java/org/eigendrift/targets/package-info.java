/** What every target of this module shares: rows computed from their number, and targets made of them. */
package org.eigendrift.targets;
