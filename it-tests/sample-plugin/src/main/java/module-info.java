/** A plugin of a third party: one class of each kind. */
module com.example.drift {
    requires org.eigendrift.api;

    provides org.eigendrift.api.basis.BasisFamily with
            com.example.drift.ArcsineFamily;
    provides org.eigendrift.api.column.ColumnTypeProvider with
            com.example.drift.Percent;
    provides org.eigendrift.api.frame.FrameProvider with
            com.example.drift.AsinhFrame;
    provides org.eigendrift.api.guidance.CorrectorProvider with
            com.example.drift.Importance;
    provides org.eigendrift.api.guidance.GuidanceProvider with
            com.example.drift.Tilt;
    provides org.eigendrift.api.guidance.ObjectiveProvider with
            com.example.drift.Ripple;
    provides org.eigendrift.api.guidance.OperatorProvider with
            com.example.drift.Intensity;
    provides org.eigendrift.api.law.GateProvider with
            com.example.drift.MedianGate;
    provides org.eigendrift.api.law.LawProvider with
            com.example.drift.LaplaceLaw;
    provides org.eigendrift.api.linear.PreconditionerProvider with
            com.example.drift.FlooredDiagonal;
    provides org.eigendrift.api.linear.ProductKernelProvider with
            com.example.drift.CompensatedKernel;
    provides org.eigendrift.api.linear.RidgeRuleProvider with
            com.example.drift.QuasiOptimality;
    provides org.eigendrift.api.linear.RowSamplerProvider with
            com.example.drift.UniformRows;
    provides org.eigendrift.api.linear.SolverProvider with
            com.example.drift.SteepestDescent;
    provides org.eigendrift.api.metric.MetricProvider with
            com.example.drift.MedianError;
    provides org.eigendrift.api.output.WriterProvider with
            com.example.drift.JsonLines;
    provides org.eigendrift.api.sampler.SamplerProvider with
            com.example.drift.RalstonSampler;
    provides org.eigendrift.api.sampler.TimeGridProvider with
            com.example.drift.ChebyshevGrid;
    provides org.eigendrift.api.score.ProcessProvider with
            com.example.drift.SubVariancePreserving;
    provides org.eigendrift.api.target.SimulatorProvider with
            com.example.drift.Decay;
    provides org.eigendrift.api.target.TargetProvider with
            com.example.drift.Spiral;
}
