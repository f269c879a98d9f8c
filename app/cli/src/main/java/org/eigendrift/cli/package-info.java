/** The {@code eigendrift} command. */
package org.eigendrift.cli;
