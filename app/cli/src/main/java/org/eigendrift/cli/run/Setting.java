package org.eigendrift.cli.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.Services;
import org.eigendrift.cli.console.Cancellation;
import org.eigendrift.cli.console.Terminal;

/**
 * What a command is given beside its own arguments.
 *
 * @param terminal where it speaks to the user
 * @param progress receives progress
 * @param cancellation tells it to stop
 * @param working the working directory, absolute
 * @param threads threads to use
 * @param kernel name of the kernel that forms sums of products
 * @param plugins plugin directories
 * @param versions what runs, by name, for {@code run.yaml}
 * @param services what plugins offer each other
 */
public record Setting(
        Terminal terminal,
        Progress progress,
        Cancellation cancellation,
        Path working,
        int threads,
        String kernel,
        List<Path> plugins,
        Map<String, String> versions,
        Services services) {

    /**
     * A setting before plugins are loaded.
     *
     * @param terminal where it speaks to the user
     * @param progress receives progress
     * @param cancellation tells it to stop
     * @param working the working directory, absolute
     * @param threads threads to use
     * @param kernel name of the kernel that forms sums of products
     * @param plugins plugin directories
     * @param versions what runs, by name
     */
    public Setting(
            Terminal terminal,
            Progress progress,
            Cancellation cancellation,
            Path working,
            int threads,
            String kernel,
            List<Path> plugins,
            Map<String, String> versions) {
        this(terminal, progress, cancellation, working, threads, kernel, plugins, versions, Services.NONE);
    }

    /**
     * The same setting with what plugins offer each other.
     *
     * @param offered what there is
     * @return the setting
     */
    public Setting offering(Services offered) {
        return new Setting(terminal, progress, cancellation, working, threads, kernel, plugins, versions, offered);
    }

    /**
     * The same setting with what runs beside.
     *
     * @param plugins versions of plugins of others, by module
     * @return the setting
     */
    public Setting beside(Map<String, String> plugins) {
        Map<String, String> all = new LinkedHashMap<>(versions);
        all.putAll(plugins);
        return new Setting(terminal, progress, cancellation, working, threads, kernel, this.plugins, all, services);
    }

    /**
     * The context of a run.
     *
     * @param seed its seed
     * @return seed, threads, progress, cancellation
     */
    public RunContext context(long seed) {
        return new RunContext(seed, threads, progress, cancellation, services);
    }
}
