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

    /** Several processes with a core each; another session that there was is ended. */
    static SparkSession cluster(int processes) {
        String master = "local-cluster[" + processes + ",1,640]";
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession there = SparkSession.getDefaultSession().get();
            if (!there.sparkContext().master().equals(master)) {
                there.stop();
            }
        }
        return SparkSession.builder()
                .master(master)
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 4)
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.executor.memory", "640m")
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.task.maxFailures", 4)
                .getOrCreate();
    }
}
