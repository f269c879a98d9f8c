package org.eigendrift.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import org.eigendrift.api.InputException;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.target.SimulatorProvider;
import org.eigendrift.api.target.TargetProvider;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;
import org.opentest4j.ValueWrapper;

/**
 * Runs the contract of a provider's kind on what was chosen, without a test class of the plugin's: what {@code eigendrift plugins
 * check} does. Tolerances are wide, those of numerical plugins, and what a kind's Javadoc leaves open is not looked at; a
 * plugin's own tests are narrower. Needs JUnit's launcher and engine beside the kit.
 */
public final class Inspection implements ToIntBiFunction<Chosen<?, ?>, List<String>> {
    /** Of the line of a broken rule, and of a value in it. */
    private static final int LONGEST = 160;

    private static final int LONGEST_VALUE = 40;

    private static final Map<Class<?>, Class<?>> CONTRACTS = Map.ofEntries(
            Map.entry(BasisFamily.class, Inspected.Basis.class),
            Map.entry(FrameProvider.class, Inspected.Frames.class),
            Map.entry(SolverProvider.class, Inspected.Solvers.class),
            Map.entry(PreconditionerProvider.class, Inspected.Preconditioners.class),
            Map.entry(RidgeRuleProvider.class, Inspected.Ridges.class),
            Map.entry(ProductKernelProvider.class, Inspected.Kernels.class),
            Map.entry(ProcessProvider.class, Inspected.Processes.class),
            Map.entry(SamplerProvider.class, Inspected.Samplers.class),
            Map.entry(TimeGridProvider.class, Inspected.Grids.class),
            Map.entry(OperatorProvider.class, Inspected.Operators.class),
            Map.entry(ObjectiveProvider.class, Inspected.Objectives.class),
            Map.entry(GuidanceProvider.class, Inspected.Guidances.class),
            Map.entry(TargetProvider.class, Inspected.Targets.class),
            Map.entry(SimulatorProvider.class, Inspected.Simulators.class),
            Map.entry(LawProvider.class, Inspected.Laws.class),
            Map.entry(GateProvider.class, Inspected.Gates.class),
            Map.entry(RowSamplerProvider.class, Inspected.RowSamplers.class),
            Map.entry(ColumnTypeProvider.class, Inspected.ColumnTypes.class),
            Map.entry(MetricProvider.class, Inspected.Metrics.class),
            Map.entry(WriterProvider.class, Inspected.Writers.class));

    /** Creates an inspection. */
    public Inspection() {}

    /**
     * Runs the contract.
     *
     * @param chosen a provider and its options
     * @param broken receives a text for each rule that was broken: a line of the rule, what was expected and what was seen, and below
     *     it what the rule said in full; where nothing could be created, why, as the only line; modified
     * @return how many rules were looked at; 0 if there is no contract of this kind, none of its rules applies, or nothing could be
     *     created
     */
    @Override
    public int applyAsInt(Chosen<?, ?> chosen, List<String> broken) {
        Optional<Class<?>> contract = CONTRACTS.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(chosen.provider()))
                .<Class<?>>map(Map.Entry::getValue)
                .findFirst();
        if (contract.isEmpty()
                || chosen.provider() instanceof ColumnTypeProvider<?> type
                        && type.examples().isEmpty()) {
            return 0;
        }
        Rules rules = new Rules(broken);
        Inspected.CHOSEN.set(chosen);
        try {
            LauncherConfig alone = LauncherConfig.builder()
                    .enableTestEngineAutoRegistration(false)
                    .enableLauncherSessionListenerAutoRegistration(false)
                    .enableLauncherDiscoveryListenerAutoRegistration(false)
                    .enablePostDiscoveryFilterAutoRegistration(false)
                    .enableTestExecutionListenerAutoRegistration(false)
                    .addTestEngines(new JupiterTestEngine())
                    .build();
            LauncherFactory.create(alone)
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(contract.get()))
                                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                                    .build(),
                            rules);
        } finally {
            Inspected.CHOSEN.remove();
        }
        return rules.looked(chosen);
    }

    /** Counts rules; what no test was made for, such as a factory that threw, counts as well. */
    private static final class Rules implements TestExecutionListener {
        private final List<String> broken;
        private final AtomicInteger looked = new AtomicInteger();
        private RuntimeException refusal;

        Rules(List<String> broken) {
            this.broken = broken;
        }

        /** What refuses some contexts alone may do so; what throws instead is wrong, once. */
        int looked(Chosen<?, ?> chosen) {
            if (refusal == null || looked.get() > 0 && refusal.getCause() instanceof InputException) {
                return looked.get();
            }
            String whose = "plugin '" + chosen.name() + "' (" + Origin.of(chosen.provider()) + ") ";
            String why = oneLine(refusal.getMessage()).replace(whose, "");
            broken.add(looked.get() == 0 ? why + "; no rule was checked" : why);
            return looked.get() == 0 ? 0 : looked.incrementAndGet();
        }

        @Override
        public void executionFinished(TestIdentifier rule, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (failed || rule.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                looked.incrementAndGet();
            }
            if (failed) {
                broken.add(
                        line(words(rule.getDisplayName()), result.getThrowable().orElseThrow()));
            }
            result.getThrowable()
                    .filter(Inspected.Refused.class::isInstance)
                    .map(Inspected.Refused.class::cast)
                    .ifPresent(thrown -> refusal = thrown);
        }

        /** {@code samplesFollowTheExactLaw()} in words. */
        private static String words(String method) {
            return method.replace("()", "")
                    .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                    .toLowerCase(Locale.ROOT);
        }

        private static String line(String rule, Throwable thrown) {
            Throwable first = thrown instanceof MultipleFailuresError several
                    ? several.getFailures().get(0)
                    : thrown;
            String message =
                    oneLine(String.valueOf(first instanceof AssertionError ? first.getMessage() : "threw " + first));
            String said = message.replaceFirst("(?: ==> )?expected: .*", "")
                    .replaceFirst("(?: ==> )?array contents differ at (.*\\]), $", " differs at $1")
                    .replaceFirst("(?: ==> )?array lengths differ, $", " differs in length")
                    .replaceFirst("(?: ==> )?positive delta expected but was: <NaN>$", " a number is NaN")
                    .replaceFirst("(?:^| ==> )Unexpected exception type thrown, $", " another exception")
                    .replaceFirst(
                            "(?:^| ==> )Expected (.+) to be thrown, but nothing was thrown\\.$",
                            " expected $1, nothing was thrown")
                    .strip();
            if (!said.contains("expected") && first instanceof AssertionFailedError failure && compares(failure)) {
                said += (said.isEmpty() ? "" : ": ") + "expected " + value(failure.getExpected()) + ", seen "
                        + value(failure.getActual());
            }
            return shortened(rule + ": " + said, LONGEST) + "\n" + rule + ": "
                    + oneLine(String.valueOf(thrown.getMessage()));
        }

        /** That something is expected to be true is what the rule says in words. */
        private static boolean compares(AssertionFailedError failure) {
            return failure.isExpectedDefined()
                    && failure.isActualDefined()
                    && !(failure.getExpected().getEphemeralValue() instanceof Boolean);
        }

        private static String value(ValueWrapper value) {
            return shortened(oneLine(value.getStringRepresentation()), LONGEST_VALUE);
        }

        private static String oneLine(String text) {
            return text.replaceAll("\\s*\\R\\s*", " ");
        }

        private static String shortened(String text, int longest) {
            return text.length() <= longest ? text : text.substring(0, longest - 4) + " ...";
        }
    }
}
