/** A plugin of a third party: one basis family and one sampler. */
module com.example.drift {
    requires org.eigendrift.api;

    provides org.eigendrift.api.basis.BasisFamily with
            com.example.drift.ArcsineFamily;
    provides org.eigendrift.api.sampler.SamplerProvider with
            com.example.drift.RalstonSampler;
}
