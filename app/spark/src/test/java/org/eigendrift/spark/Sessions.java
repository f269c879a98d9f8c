package org.eigendrift.spark;

import org.apache.spark.sql.SparkSession;

/** Spark in the process of the tests, one session for all classes: it takes seconds to begin. */
final class Sessions {
    private Sessions() {}

    static SparkSession local() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 4)
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }
}
