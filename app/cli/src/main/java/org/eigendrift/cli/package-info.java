/** The {@code eigendrift} command: a class for each of its commands, and in {@code Main} exit codes and last words. */
package org.eigendrift.cli;
