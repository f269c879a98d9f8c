/** Puts the parts together. The only package that knows Guice. */
package org.eigendrift.cli.wiring;
