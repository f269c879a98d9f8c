package org.eigendrift.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntBiFunction;
import org.eigendrift.api.basis.BasisFamily;
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

/**
 * Runs the contract of a provider's kind on what was chosen, without a test class of the plugin's: what {@code eigendrift plugins
 * check} does. Tolerances are wide, those of numerical plugins, and what a kind's Javadoc leaves open is not looked at; a
 * plugin's own tests are narrower. Needs JUnit's launcher and engine beside the kit.
 */
public final class Inspection implements ToIntBiFunction<Chosen<?, ?>, List<String>> {
    private static final int LONGEST = 300;

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
            Map.entry(MetricProvider.class, Inspected.Metrics.class),
            Map.entry(WriterProvider.class, Inspected.Writers.class));

    /** Creates an inspection. */
    public Inspection() {}

    /**
     * Runs the contract.
     *
     * @param chosen a provider and its options
     * @param broken receives a line for each rule that was broken; modified
     * @return how many rules were looked at; 0 if there is no contract of this kind, or none of its rules applies
     */
    @Override
    public int applyAsInt(Chosen<?, ?> chosen, List<String> broken) {
        Optional<Class<?>> contract = CONTRACTS.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(chosen.provider()))
                .<Class<?>>map(Map.Entry::getValue)
                .findFirst();
        if (contract.isEmpty()) {
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
        return rules.looked.get();
    }

    /** Counts rules; what no test was made for, such as a factory that threw, counts as well. */
    private static final class Rules implements TestExecutionListener {
        private final List<String> broken;
        private final AtomicInteger looked = new AtomicInteger();

        Rules(List<String> broken) {
            this.broken = broken;
        }

        @Override
        public void executionFinished(TestIdentifier rule, TestExecutionResult result) {
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            if (failed || rule.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                looked.incrementAndGet();
            }
            if (failed) {
                broken.add(rule.getDisplayName().replace("()", "") + ": " + words(result));
            }
        }

        private static String words(TestExecutionResult result) {
            Throwable thrown = result.getThrowable().orElseThrow();
            String message = thrown instanceof AssertionError ? thrown.getMessage() : "threw " + thrown;
            String line = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
        }
    }
}
