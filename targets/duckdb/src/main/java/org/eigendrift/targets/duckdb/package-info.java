/**
 * Parquet files and SQL queries as targets, and a Parquet writer, by embedded DuckDB. One thread of the database reads, so rows
 * come in one order; results are streamed, so memory does not grow with rows.
 */
package org.eigendrift.targets.duckdb;
