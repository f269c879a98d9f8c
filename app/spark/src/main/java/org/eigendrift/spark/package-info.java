/** Fits, scores and samples on Apache Spark, with the same bits as on one machine. On the class path: Spark is no module. */
package org.eigendrift.spark;
