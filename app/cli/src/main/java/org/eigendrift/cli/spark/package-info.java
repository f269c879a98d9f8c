/** Commands that Spark runs: this program starts {@code spark-submit} and holds nothing of Spark itself. */
package org.eigendrift.cli.spark;
