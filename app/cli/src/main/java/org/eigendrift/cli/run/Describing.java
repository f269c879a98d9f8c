package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.Finding;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.config.TargetDraft;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.output.WholeFile;

/** Says what the columns of a file are taken for, and drafts a target block. */
public final class Describing {
    /** Characters of an example that are shown. */
    private static final int SHOWN = 24;

    private static final String MISSING = "missing";

    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;

    @Inject
    Describing(Catalog catalog, Setting setting, FileFormats formats) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
    }

    /**
     * Describes a file.
     *
     * @param file the file, or a target's block
     * @param out where the draft goes; printed after the columns if empty
     * @throws InputException if the file cannot be read, or nothing is found of its columns
     */
    public void describe(String file, Optional<Path> out) {
        out.ifPresent(path -> WholeFile.check("--out", path));
        Map<String, Object> given = formats.block("FILE", file);
        List<String> keys = PluginText.keys(TargetProvider.KIND, String.valueOf(given.get("type")), catalog);
        Map<String, Object> block = new LinkedHashMap<>(given);
        if (keys.contains(MISSING)) {
            block.putIfAbsent(MISSING, "keep");
        }
        List<Finding> findings = PluginText.bind(TargetProvider.KIND, "FILE", block, setting.working(), catalog)
                .create(setting.context(0))
                .findings();
        if (findings.isEmpty()) {
            throw new InputException("FILE: " + file + ": nothing is found of the columns of this target; expected a"
                    + " file of rows, without detect: off");
        }
        print(findings);
        String draft = TargetDraft.text(
                relative(given, keys, out.map(Path::getParent).orElse(setting.working())), keys, findings);
        PrintStream printed = setting.terminal().out();
        if (out.isPresent()) {
            write(out.get(), draft);
            printed.println("a draft to edit: " + out.get());
        } else {
            printed.print("\n# A draft to edit\n" + draft);
        }
    }

    private void print(List<Finding> findings) {
        PrintStream printed = setting.terminal().out();
        printed.println(Counted.of(findings.get(0).cells(), "row") + ", " + Counted.of(findings.size(), "column"));
        for (Finding finding : findings) {
            String taken = finding.column().isEmpty() ? "left out" : finding.type();
            printed.println(String.format(
                    Locale.ROOT,
                    "%n%s: %s%n  %s%n  %s, %s, %s%,d different",
                    line(finding.name()),
                    taken,
                    line(finding.reason()),
                    Counted.of(finding.cells(), "row"),
                    finding.gaps() == 0 ? "no gaps" : Counted.of(finding.gaps(), "gap"),
                    finding.complete() ? "" : "more than ",
                    finding.distinct()));
            if (!finding.examples().isEmpty()) {
                List<String> examples =
                        finding.examples().stream().map(Describing::example).toList();
                printed.println("  for example " + String.join(" | ", examples));
            }
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String example(String text) {
        String line = line(text);
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 3) + "...";
    }

    /** Paths as a configuration in a folder names them. */
    private Map<String, Object> relative(Map<String, Object> given, List<String> keys, Path folder) {
        Map<String, Object> block = new LinkedHashMap<>(given);
        for (String key : List.of("path", "test")) {
            if (keys.contains(key) && block.get(key) instanceof String path && !path.equals("none")) {
                Path absolute = setting.working().resolve(path).normalize();
                boolean near = !Path.of(path).isAbsolute();
                block.put(key, (near ? folder.relativize(absolute) : absolute).toString());
            }
        }
        return block;
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, temporary -> Files.writeString(temporary, text));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
