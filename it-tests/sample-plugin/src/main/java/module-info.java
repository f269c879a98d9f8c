/** A plugin of a third party: a basis family, a frame, a metric, a sampler and a target. */
module com.example.drift {
    requires org.eigendrift.api;

    provides org.eigendrift.api.basis.BasisFamily with
            com.example.drift.ArcsineFamily;
    provides org.eigendrift.api.frame.FrameProvider with
            com.example.drift.AsinhFrame;
    provides org.eigendrift.api.metric.MetricProvider with
            com.example.drift.MedianError;
    provides org.eigendrift.api.sampler.SamplerProvider with
            com.example.drift.RalstonSampler;
    provides org.eigendrift.api.target.TargetProvider with
            com.example.drift.Spiral;
}
