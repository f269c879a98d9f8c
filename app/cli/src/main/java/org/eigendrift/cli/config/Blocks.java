package org.eigendrift.cli.config;

import java.util.List;

/** The top-level blocks of a configuration. */
final class Blocks {
    /** Every block, in the order in which they are written. */
    static final List<String> NAMES = List.of(
            "target",
            "law",
            "given",
            "prior",
            "proposal",
            "components",
            "density",
            "frame",
            "basis",
            "model",
            "process",
            "solver",
            "guidance",
            "corrector",
            "reconstruct",
            "sampler",
            "sample",
            "evaluate",
            "output");

    /** What {@code run.yaml} records beside the blocks; read back without effect. */
    static final String VERSIONS = "versions";

    private Blocks() {}

    /**
     * The key that names the plugin of a block.
     *
     * @param path where the block stands
     * @return {@code family} for a basis, else {@code type}
     */
    static String typeKey(String path) {
        return path.equals("basis") || path.matches("basis\\.columns\\.[^.\\[]+") ? "family" : "type";
    }
}
