package org.eigendrift.api;

/** Receives progress, for a bar on a terminal. Implementations are thread-safe. */
public interface Progress {
    /** Shows nothing. */
    Progress NONE = (name, total) -> new Task() {
        @Override
        public void advance(long units) {}

        @Override
        public void close() {}
    };

    /**
     * Begins a task.
     *
     * @param name a few words: {@code moments}
     * @param total units of work, or -1 if unknown
     * @return the task, to be closed
     */
    Task begin(String name, long total);

    /** A task under way. */
    interface Task extends AutoCloseable {

        /**
         * Reports work done; may be called from any thread.
         *
         * @param units units done since the last call
         */
        void advance(long units);

        @Override
        void close();
    }
}
