package org.eigendrift.spark;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** Names the jobs of a stage on Spark's own pages. */
final class Stage {
    private Stage() {}

    /**
     * Works under a name.
     *
     * @param context where jobs begin in this thread
     * @param name what they are for
     * @param work the work
     * @return its result
     */
    static <T> T named(SparkContext context, String name, Supplier<T> work) {
        context.setJobDescription("Eigendrift " + name);
        try {
            return work.get();
        } finally {
            context.setJobDescription(null);
        }
    }
}
