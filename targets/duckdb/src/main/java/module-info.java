/** Parquet files and SQL queries as targets, and a Parquet writer, by embedded DuckDB. */
@SuppressWarnings("requires-automatic")
module org.eigendrift.targets.duckdb {
    requires java.sql;
    requires duckdb.jdbc;
    requires org.eigendrift.api;
    requires org.eigendrift.targets.tables;

    provides org.eigendrift.api.target.TargetProvider with
            org.eigendrift.targets.duckdb.Parquet,
            org.eigendrift.targets.duckdb.Sql;
    provides org.eigendrift.api.output.WriterProvider with
            org.eigendrift.targets.duckdb.ParquetWriter;
}
