/** The report: one self-contained HTML file with pictures, figures and the resolved configuration of a run. */
package org.eigendrift.cli.report;
