package org.eigendrift.cli;

import java.lang.module.ModuleDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as recorded in its module. */
final class Version implements IVersionProvider {
    /** How it is asked for. */
    static final Set<String> OPTIONS = Set.of("--version", "-V");

    Version() {}

    /** The version, for example {@code 0.1.0}. */
    static String number() {
        ModuleDescriptor descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }

    /** What runs, for {@code run.yaml}. */
    static Map<String, String> all() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("eigendrift", number());
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    @Override
    public String[] getVersion() {
        return lines().toArray(String[]::new);
    }

    /** What {@code --version} shows. */
    List<String> lines() {
        return List.of(
                "eigendrift " + number(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"));
    }
}
