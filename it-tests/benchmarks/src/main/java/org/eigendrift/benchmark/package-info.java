/**
 * Benchmarks of the fit. Run one with
 *
 * <pre>
 * mvn -q -DskipTests package
 * mvn -q -pl it-tests/benchmarks dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx1g -cp it-tests/benchmarks/target/classes:$(cat it-tests/benchmarks/target/classpath) \
 *   org.openjdk.jmh.Main MomentRows
 * </pre>
 */
package org.eigendrift.benchmark;
