/**
 * Benchmarks of fits, samplers, guidance and tables; what they measured is in {@code docs/benchmarks.md} and {@code docs/quality.md}. The
 * build leaves the class path in a file. Run one with
 *
 * <pre>
 * mvn -q -DskipTests -pl it-tests/benchmarks -am package
 * java -Xmx1g -cp it-tests/benchmarks/target/classes:$(cat it-tests/benchmarks/target/classpath) \
 *   org.openjdk.jmh.Main MomentRows
 * </pre>
 */
package org.eigendrift.benchmark;
