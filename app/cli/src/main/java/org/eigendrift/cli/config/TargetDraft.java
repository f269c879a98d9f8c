package org.eigendrift.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.data.Column;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A block {@code target} that declares what was found of a file's columns, for the user to edit. */
public final class TargetDraft {
    /** Levels up to which a declaration names them; where there are more they are found again. */
    private static final int LEVELS = 20;

    /** No line is broken: what is dumped is one key or one list. */
    private static final int WIDTH = 1 << 20;

    private TargetDraft() {}

    /**
     * The text of the block.
     *
     * @param given what stands in the block already, its type first
     * @param keys keys that the target has
     * @param findings what was found of the columns
     * @return YAML, a configuration's block with comments
     */
    public static String text(Map<String, Object> given, List<String> keys, List<Finding> findings) {
        Map<String, Object> block = new LinkedHashMap<>(given);
        block.remove("types");
        boolean out = findings.stream().anyMatch(f -> f.column().isEmpty());
        if (out && keys.contains("columns")) {
            block.put(
                    "columns",
                    findings.stream()
                            .filter(f -> f.column().isPresent())
                            .map(Finding::name)
                            .toList());
        }
        StringBuilder text = new StringBuilder("target:\n");
        block.forEach((key, value) -> {
            String inList = flow(List.of(value));
            text.append("  ").append(key).append(": ").append(inList, 1, inList.length() - 1);
            text.append('\n');
        });
        if (findings.stream().anyMatch(f -> f.gaps() > 0) && !block.containsKey("missing")) {
            text.append("  missing: keep  # the gap is modelled; or drop the row, impute the value, refuse the file\n");
        }
        text.append("  types:  # what is not declared is found again in each file\n");
        findings.forEach(finding -> text.append(line(finding)));
        boolean declares = findings.stream().anyMatch(TargetDraft::declares);
        return declares ? text.toString() : text.toString().replace("  types:  #", "  # types:  #");
    }

    /** Numbers without anything else are what a column is if nothing is said. */
    private static boolean declares(Finding finding) {
        return finding.column().isPresent()
                && !finding.column().get().format().type().isEmpty()
                && !finding.column().get().kind().smooth();
    }

    private static String line(Finding finding) {
        String reason = "  # " + oneLine(finding.reason());
        if (finding.column().isEmpty()) {
            return "    # " + oneLine(finding.name()) + " is left out: " + oneLine(finding.reason()) + "\n";
        }
        return (declares(finding) ? "    - " : "    # - ")
                + flow(declaration(finding.column().get())) + reason + "\n";
    }

    private static List<String> declaration(Column column) {
        String type = column.format().type();
        List<String> more = switch (type) {
            case "boolean", "ordered" -> column.levels();
            case "category" -> column.levels().size() <= LEVELS ? column.levels() : List.of();
            case "date", "date-time", "time" -> List.of(column.format().pattern());
            case "number" ->
                column.format().pattern().isEmpty()
                        ? List.of()
                        : List.of(column.format().pattern());
            default -> List.of();
        };
        List<String> declaration = new ArrayList<>(List.of(column.name(), type.isEmpty() ? "number" : type));
        declaration.addAll(more);
        return declaration;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String flow(List<?> list) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setSchema(new CoreSchema())
                .setMultiLineFlow(false)
                .setWidth(WIDTH)
                .build();
        return new Dump(settings).dumpToString(list).strip();
    }
}
