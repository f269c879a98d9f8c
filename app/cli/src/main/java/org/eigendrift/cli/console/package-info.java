/** What the command says to the user: messages, progress bars, the log. */
package org.eigendrift.cli.console;
