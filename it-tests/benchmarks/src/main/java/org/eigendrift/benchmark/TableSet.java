package org.eigendrift.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.target.Target;

/**
 * Fits every table of a folder of files {@code NAME_train.csv}, draws tables of as many rows, {@code NAME_0.csv}, {@code NAME_1.csv}, ...,
 * and prints a line for each: rows, columns, mean log-likelihood of the rows of {@code NAME_test.csv} where there are any, seconds
 * of processor.
 */
public final class TableSet {
    private static final String TRAIN = "_train.csv";

    private final Path folder;
    private final Blocks blocks;
    private final String law;

    private TableSet(Path folder, String law) {
        this.folder = folder;
        this.blocks = Blocks.in(folder);
        this.law = law;
    }

    /**
     * Runs tables.
     *
     * @param arguments the folder; the number of tables to draw; the law; names, none for all of the folder
     */
    public static void main(String[] arguments) {
        TableSet tables = new TableSet(Path.of(arguments[0]).toAbsolutePath(), arguments[2]);
        List<String> names =
                arguments.length > 3 ? Arrays.asList(arguments).subList(3, arguments.length) : tables.names();
        for (String name : names) {
            tables.run(name, Integer.parseInt(arguments[1]));
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(TRAIN))
                    .map(name -> name.substring(0, name.length() - TRAIN.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String name, int draws) {
        Target target = target(name);
        double begin = seconds();
        Law fitted = blocks.chosen(LawProvider.KIND, Map.of("type", law))
                .create(new LawContext(target.train(), blocks.catalog(), blocks.run()));
        double fit = seconds() - begin;
        int rows = InMemory.read(target.train(), Integer.MAX_VALUE).size();
        begin = seconds();
        for (int draw = 0; draw < draws; draw++) {
            Points drawn = fitted.draw(new DrawRequest((long) draw * rows, rows, Optional.empty()), blocks.run())
                    .rows();
            write(fitted, drawn, folder.resolve(name + "_" + draw + ".csv"));
        }
        double drawing = seconds() - begin;
        String nats = target.heldout()
                .map(test -> nats(fitted, InMemory.read(test, Integer.MAX_VALUE)))
                .orElse("");
        System.out.printf(
                Locale.ROOT,
                "%-18s %6d x %3d  fit %6.2f s  draw %6.2f s%s%n",
                name,
                rows,
                target.train().dim(),
                fit,
                drawing / Math.max(1, draws),
                nats);
        if (Boolean.getBoolean("choices")) {
            fitted.provenance().decisions().forEach(TableSet::print);
        }
    }

    private static void print(Decision decision) {
        System.out.println("    " + decision.what() + ": " + decision.chosen() + "; " + decision.reason());
        for (Decision.Alternative other : decision.alternatives()) {
            System.out.printf(
                    Locale.ROOT,
                    "        %-24s %.4f +- %.4f%n",
                    other.name(),
                    other.score().orElse(Double.NaN),
                    other.error().orElse(Double.NaN));
        }
    }

    private String nats(Law fitted, Points test) {
        double begin = seconds();
        Scores scores = fitted.logDensity(test, blocks.run());
        double[] possible =
                Arrays.stream(scores.nats()).filter(Double::isFinite).toArray();
        double mean = Arrays.stream(possible).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(possible).map(x -> (x - mean) * (x - mean)).sum();
        return String.format(
                Locale.ROOT,
                "  nats %10.4f +- %.4f of %d rows, %d impossible  score %6.2f s",
                mean,
                Math.sqrt(squares) / possible.length,
                possible.length,
                test.size() - possible.length,
                seconds() - begin);
    }

    private void write(Law fitted, Points drawn, Path file) {
        PointWriter writer =
                blocks.chosen(WriterProvider.KIND, Map.of("type", "csv")).create(blocks.run());
        try (PointWriter.Sink sink = writer.open(file, fitted.columns(), drawn.size())) {
            sink.write(drawn);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Target target(String name) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", "csv");
        block.put("path", folder.resolve(name + TRAIN).toString());
        block.put("missing", "keep");
        block.put("holdout", 0);
        Path test = folder.resolve(name + "_test.csv");
        if (Files.exists(test)) {
            block.put("test", test.toString());
        }
        block.put("types", categories(folder.resolve(name + TRAIN)));
        return blocks.target(block);
    }

    /** Columns of categories that look like numbers, of the system property {@code categories}, as far as a file has them. */
    private static List<List<String>> categories(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            List<String> names = List.of(lines.findFirst().orElse("").split(","));
            return Stream.of(System.getProperty("categories", "").split(","))
                    .filter(names::contains)
                    .map(name -> List.of(name, "category"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the processor, by all threads. */
    private static double seconds() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() * 1e-9;
    }
}
