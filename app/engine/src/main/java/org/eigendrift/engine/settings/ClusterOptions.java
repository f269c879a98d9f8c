package org.eigendrift.engine.settings;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalInt;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * The {@code basis.clusters} block: which products of coordinates the basis holds (docs/method.md, 5).
 *
 * @param order largest cluster
 * @param select where clusters come from
 * @param edges for {@code graph}, pairs of column names
 * @param shape for {@code lattice}, its sides
 * @param range for {@code lattice}, the largest distance along it
 * @param periodic for {@code lattice}, whether ends meet
 * @param closure whether significant sets are closed under products
 * @param falseDiscovery for {@code significant} and {@code conditional}, the share of false discoveries
 * @param cut which multi-degrees of a cluster are kept
 * @param maxSize most functions
 */
public record ClusterOptions(
        @Option(
                doc = "Largest number of coordinates in a cluster. auto: 2, or 1 for a single column",
                value = "auto",
                min = 1,
                max = 3)
        OptionalInt order,

        @Option(
                doc = "all: every cluster up to the order; significant: functions whose moment differs from 0 by a"
                        + " false-discovery rule; conditional: pairs that stay dependent when all other columns are"
                        + " given, by the same kind of rule; graph: along edges; lattice: neighbours on a lattice;"
                        + " auto: all in two columns, otherwise significant",
                value = "auto")
        Select select,

        @Option(doc = "For graph: pairs of column names, [[a, b], [b, c]]", value = "[]")
        List<List<String>> edges,

        @Option(
                doc = "For lattice: its sides, [64] or [8, 8], row-major; one chain of all columns if empty",
                value = "[]",
                min = 1)
        List<Integer> shape,

        @Option(doc = "For lattice: largest distance of two neighbours", value = "1", min = 1, max = 64)
        int range,

        @Option(doc = "For lattice: whether its ends meet", value = "false")
        boolean periodic,

        @Option(
                doc = "For significant: none, or products: add the products of two kept functions that share a"
                        + " coordinate",
                value = "none")
        Closure closure,

        @Option(
                doc = "For significant and conditional: largest expected share of functions, or pairs, kept by chance"
                        + " (Benjamini-Hochberg)",
                value = "0.05",
                min = 0,
                max = 1,
                open = true)
        double falseDiscovery,

        @Option(
                doc = "Degrees kept within a cluster: none: all up to the degree; rate: those that relax no faster than"
                        + " the fastest function of a single coordinate; total-degree: sum of degrees at most the"
                        + " degree; hyperbolic: product of (degree + 1) at most degree + 1",
                value = "rate")
        Cut cut,

        @Option(
                doc = "Most functions; the most significant are kept, and what was dropped is reported. auto:"
                        + " single coordinates and ten interactions a coordinate (at least 120), at most a tenth of the"
                        + " rows and at most 1000",
                value = "auto",
                min = 1)
        OptionalInt maxSize) {

    /** Where clusters come from. */
    public enum Select {
        /** Chosen by the number of columns. */
        AUTO,
        /** Every cluster. */
        ALL,
        /** Chosen from the data. */
        SIGNIFICANT,
        /** Pairs that depend on each other given all other coordinates. */
        CONDITIONAL,
        /** Along given edges. */
        GRAPH,
        /** Neighbours on a lattice. */
        LATTICE
    }

    /** Closure of a significant set. */
    public enum Closure {
        /** As chosen. */
        NONE,
        /** With products of kept functions. */
        PRODUCTS
    }

    /** Which multi-degrees are kept. */
    public enum Cut {
        /** All. */
        NONE,
        /** Eigenvalue at most the largest of a single coordinate's functions. */
        RATE,
        /** Sum of degrees at most the degree. */
        TOTAL_DEGREE,
        /** Product of (degree + 1) at most degree + 1. */
        HYPERBOLIC
    }

    /** Binds and writes the block. */
    public static final OptionSchema<ClusterOptions> SCHEMA =
            OptionSchema.of(MethodHandles.lookup(), ClusterOptions.class);

    /** The same without products. */
    ClusterOptions singles() {
        return new ClusterOptions(
                OptionalInt.of(1), select, edges, shape, range, periodic, closure, falseDiscovery, cut, maxSize);
    }

    /**
     * Checks that what a selection needs is there.
     *
     * @param order largest cluster
     * @param select where clusters come from
     * @param edges pairs of column names
     * @param shape sides of the lattice
     * @param range largest distance
     * @param periodic whether ends meet
     * @param closure closure of a significant set
     * @param falseDiscovery share of false discoveries
     * @param cut which multi-degrees
     * @param maxSize most functions
     * @throws IllegalArgumentException if edges are missing or not pairs, or the lattice has more than two sides
     */
    public ClusterOptions {
        if (select == Select.GRAPH && edges.isEmpty()) {
            throw new IllegalArgumentException("select: graph needs edges: [[a, b], ...]");
        }
        for (List<String> edge : edges) {
            if (edge.size() != 2 || edge.get(0).equals(edge.get(1))) {
                throw new IllegalArgumentException("edges: expected pairs of two columns, found " + edge);
            }
        }
        if (shape.size() > 2) {
            throw new IllegalArgumentException("shape: expected one or two sides, found " + shape);
        }
    }
}
