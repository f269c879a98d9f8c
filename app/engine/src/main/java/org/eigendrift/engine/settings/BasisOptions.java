package org.eigendrift.engine.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Choices;

/**
 * The {@code basis} block.
 *
 * @param standard family and degree of columns that are not named
 * @param columns families and degrees of single columns, by name; copied
 * @param clusters which products of coordinates
 */
public record BasisOptions(FamilyChoice standard, Map<String, FamilyChoice> columns, ClusterOptions clusters) {
    private static final String AUTO = "auto";

    /**
     * Copies the map.
     *
     * @param standard family and degree of columns that are not named
     * @param columns families and degrees of single columns
     * @param clusters which products
     */
    public BasisOptions {
        columns = Map.copyOf(columns);
    }

    /**
     * What is said of a column.
     *
     * @param column its name
     * @return family and degree, either possibly left to the fit
     */
    public FamilyChoice of(String column) {
        return columns.getOrDefault(column, FamilyChoice.AUTO).orElse(standard);
    }

    /**
     * Whether nothing is said of families, degrees and clusters.
     *
     * @return whether all of it is left to the fit
     */
    boolean isAuto() {
        return standard.equals(FamilyChoice.AUTO)
                && columns.isEmpty()
                && clusters.select() == ClusterOptions.Select.AUTO;
    }

    /** The options of some of the columns, without the families and degrees of others. */
    BasisOptions ofColumns(List<Column> kept) {
        Map<String, FamilyChoice> own = new LinkedHashMap<>(columns);
        own.keySet().retainAll(kept.stream().map(Column::name).toList());
        return new BasisOptions(standard, own, clusters);
    }

    /** The options with families and degrees of single columns, and functions of single columns only. */
    BasisOptions withSingles(Map<String, FamilyChoice> families) {
        return new BasisOptions(standard, families, clusters.singles());
    }

    /** What binding reads. */
    Map<String, Object> write() {
        Map<String, Object> block = write(standard);
        if (!columns.isEmpty()) {
            Map<String, Object> byColumn = new LinkedHashMap<>();
            new TreeMap<>(columns).forEach((name, choice) -> byColumn.put(name, write(choice)));
            block.put("columns", byColumn);
        }
        block.put("clusters", ClusterOptions.SCHEMA.write(clusters));
        return block;
    }

    private static Map<String, Object> write(FamilyChoice choice) {
        Map<String, Object> block = new LinkedHashMap<>();
        choice.family().ifPresentOrElse(f -> block.putAll(Choices.write(f, "family")), () -> block.put("family", AUTO));
        block.put(
                "degree", choice.degree().isPresent() ? (Object) choice.degree().getAsInt() : AUTO);
        return block;
    }
}
