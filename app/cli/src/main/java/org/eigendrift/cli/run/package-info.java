/** What the commands do, free of command line and wiring. */
package org.eigendrift.cli.run;
