package org.eigendrift.cli.config;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.target.Target;
import org.eigendrift.api.target.TargetProvider;

/** Providers that declare options and create nothing: error texts must not depend on what plugins exist today. */
final class Providers {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Providers() {}

    static Catalog catalog() {
        return Catalog.of(List.of(
                new Csv(),
                new Moons(),
                new Box(),
                new Cosine(),
                new Cg(),
                new Ssor(),
                new Gcv(),
                new PfOde(),
                new Vp(),
                new Npy(),
                metric("log-likelihood"),
                metric("evidence-bound"),
                metric("sliced-wasserstein"),
                metric("mmd"),
                metric("second-moment"),
                metric("energy")));
    }

    record None() {}

    private static UnsupportedOperationException nothing() {
        return new UnsupportedOperationException("declares options only");
    }

    static final class Csv implements TargetProvider<Csv.Options> {
        record Options(
                @Option(doc = "The file.") Path path,
                @Option(doc = "Columns.", value = "[]") List<String> columns,

                @Option(doc = "Share of rows kept apart.", value = "0.2", min = 0, max = 0.9)
                double holdout) {}

        @Override
        public String name() {
            return "csv";
        }

        @Override
        public String summary() {
            return "a file";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Target create(Options options, RunContext context) {
            throw nothing();
        }
    }

    static final class Moons implements TargetProvider<None> {
        @Override
        public String name() {
            return "two-moons";
        }

        @Override
        public String summary() {
            return "moons";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(LOOKUP, None.class);
        }

        @Override
        public Target create(None options, RunContext context) {
            throw nothing();
        }
    }

    static final class Box implements FrameProvider<Box.Options> {
        record Options(
                @Option(doc = "Margin.", value = "0.05", min = 0)
                double margin) {}

        @Override
        public String name() {
            return "box";
        }

        @Override
        public String summary() {
            return "a box";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Plan<Frame> plan(Options options, List<Column> columns) {
            throw nothing();
        }

        @Override
        public Frame restore(Options options, List<Column> columns, State state) {
            throw nothing();
        }
    }

    static final class Cosine implements BasisFamily<Cosine.Options> {
        record Options(
                @Option(doc = "A setting.", value = "1", min = 0, open = true)
                double scale) {}

        @Override
        public String name() {
            return "cosine";
        }

        @Override
        public String summary() {
            return "cosines";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Plan<Eigenbasis> plan(Options options, Column column, int degree) {
            throw nothing();
        }

        @Override
        public boolean accepts(Column.Kind kind) {
            return true;
        }

        @Override
        public Optional<String> frame() {
            return Optional.of("box");
        }

        @Override
        public Eigenbasis restore(Options options, Column column, int degree, State state) {
            throw nothing();
        }
    }

    static final class Cg implements SolverProvider<Cg.Options> {
        record Options(
                @Option(doc = "Tolerance.", value = "1e-10", min = 0, open = true)
                double tolerance,

                @Option(doc = "Iterations.", value = "auto", min = 1)
                java.util.OptionalInt maxIterations,

                @Option(doc = "Preconditioner.", value = "ssor", kind = PreconditionerProvider.class)
                Chosen<LinearSystem, Preconditioner> preconditioner) {}

        @Override
        public String name() {
            return "cg";
        }

        @Override
        public String summary() {
            return "conjugate gradients";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Solver create(Options options, RunContext context) {
            throw nothing();
        }
    }

    static final class Ssor implements PreconditionerProvider<Ssor.Options> {
        record Options(
                @Option(doc = "Relaxation.", value = "1", min = 0, max = 2, open = true)
                double omega) {}

        @Override
        public String name() {
            return "ssor";
        }

        @Override
        public String summary() {
            return "over-relaxation";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Preconditioner create(Options options, LinearSystem context) {
            throw nothing();
        }
    }

    static final class Gcv implements RidgeRuleProvider<None> {
        @Override
        public String name() {
            return "gcv";
        }

        @Override
        public String summary() {
            return "a rule";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(LOOKUP, None.class);
        }

        @Override
        public RidgeRule create(None options, RunContext context) {
            throw nothing();
        }
    }

    static final class PfOde implements SamplerProvider<PfOde.Options> {
        enum Method {
            EULER,
            HEUN
        }

        record Options(
                @Option(doc = "Method.", value = "heun") Method method,

                @Option(doc = "Steps.", value = "50", min = 1)
                int steps) {}

        @Override
        public String name() {
            return "pf-ode";
        }

        @Override
        public String summary() {
            return "the flow";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public Sampler create(Options options, RunContext context) {
            throw nothing();
        }
    }

    static final class Vp implements ProcessProvider<Vp.Options> {
        record Options(
                @Option(doc = "Beta.", value = "20", min = 0, open = true)
                double betaMax) {}

        @Override
        public String name() {
            return "vp";
        }

        @Override
        public String summary() {
            return "variance preserving";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(LOOKUP, Options.class);
        }

        @Override
        public AffineProcess create(Options options, Integer context) {
            throw nothing();
        }
    }

    static final class Npy implements WriterProvider<None> {
        @Override
        public String name() {
            return "npy";
        }

        @Override
        public String summary() {
            return "NumPy";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(LOOKUP, None.class);
        }

        @Override
        public PointWriter create(None options, RunContext context) {
            throw nothing();
        }
    }

    private static MetricProvider<None> metric(String name) {
        return new MetricProvider<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String summary() {
                return "a figure";
            }

            @Override
            public OptionSchema<None> options() {
                return OptionSchema.of(LOOKUP, None.class);
            }

            @Override
            public Metric create(None options, RunContext context) {
                throw nothing();
            }
        };
    }
}
