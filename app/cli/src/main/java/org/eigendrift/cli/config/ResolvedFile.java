package org.eigendrift.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.law.Decision;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes {@code run.yaml}: a configuration with every option, from which the same run can be made again. */
public final class ResolvedFile {
    /** Long enough for a column list; shorter lines would break lists that read better in one. */
    private static final int WIDTH = 110;

    private ResolvedFile() {}

    /**
     * The text of {@code run.yaml}.
     *
     * @param configuration the configuration
     * @param versions what it was run with, by name
     * @return YAML that {@link ConfigurationReader} reads as the same configuration
     */
    public static String text(Configuration configuration, Map<String, String> versions) {
        Map<String, Object> blocks = new LinkedHashMap<>(configuration.write());
        blocks.put(Blocks.VERSIONS, new LinkedHashMap<>(versions));
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setSchema(new CoreSchema())
                .setDereferenceAliases(true)
                .setWidth(WIDTH)
                .build();
        return "# The configuration of this run with every option; running it again gives the same bits.\n"
                + new Dump(settings).dumpToString(blocks);
    }

    /**
     * What a fit chose, to stand below the configuration: read back without effect.
     *
     * @param decisions what was decided
     * @return comment lines, empty if nothing was decided
     */
    public static String chosen(List<Decision> decisions) {
        StringBuilder text = new StringBuilder(decisions.isEmpty() ? "" : "# What the fit chose:\n");
        for (Decision decision : decisions) {
            text.append("#   ").append(decision.line().replaceAll("\\R", " ")).append('\n');
        }
        return text.toString();
    }
}
