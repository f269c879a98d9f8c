/**
 * Eigendrift's vocabulary: the extension interfaces, their typed options, and the values that flow between them.
 *
 * <p>Depends on {@code java.base} alone. Start at {@link org.eigendrift.api.plugin.Provider}; each kind of extension has its
 * own package. A plugin is a jar whose module says {@code provides <kind>Provider with <class>}, and repeats it in
 * {@code META-INF/services} for class-path users.
 */
module org.eigendrift.api {
    exports org.eigendrift.api;
    exports org.eigendrift.api.basis;
    exports org.eigendrift.api.catalog;
    exports org.eigendrift.api.column;
    exports org.eigendrift.api.data;
    exports org.eigendrift.api.frame;
    exports org.eigendrift.api.guidance;
    exports org.eigendrift.api.law;
    exports org.eigendrift.api.linear;
    exports org.eigendrift.api.metric;
    exports org.eigendrift.api.plugin;
    exports org.eigendrift.api.output;
    exports org.eigendrift.api.pass;
    exports org.eigendrift.api.sampler;
    exports org.eigendrift.api.score;
    exports org.eigendrift.api.target;

    uses org.eigendrift.api.basis.BasisFamily;
    uses org.eigendrift.api.column.ColumnTypeProvider;
    uses org.eigendrift.api.frame.FrameProvider;
    uses org.eigendrift.api.guidance.CorrectorProvider;
    uses org.eigendrift.api.guidance.GuidanceProvider;
    uses org.eigendrift.api.guidance.ObjectiveProvider;
    uses org.eigendrift.api.guidance.OperatorProvider;
    uses org.eigendrift.api.law.GateProvider;
    uses org.eigendrift.api.law.LawProvider;
    uses org.eigendrift.api.linear.PreconditionerProvider;
    uses org.eigendrift.api.linear.ProductKernelProvider;
    uses org.eigendrift.api.linear.RidgeRuleProvider;
    uses org.eigendrift.api.linear.RowSamplerProvider;
    uses org.eigendrift.api.linear.SolverProvider;
    uses org.eigendrift.api.metric.MetricProvider;
    uses org.eigendrift.api.output.WriterProvider;
    uses org.eigendrift.api.sampler.SamplerProvider;
    uses org.eigendrift.api.sampler.TimeGridProvider;
    uses org.eigendrift.api.score.ProcessProvider;
    uses org.eigendrift.api.target.SimulatorProvider;
    uses org.eigendrift.api.target.TargetProvider;
}
