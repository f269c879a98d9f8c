/** What the commands do, free of command line and wiring; {@code Run} is the whole of {@code eigendrift run}. */
package org.eigendrift.cli.run;
