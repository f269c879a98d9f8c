import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.ProcessProvider;

/** Affine processes, time grids and samplers. Exports nothing: everything is found through the api. */
module org.eigendrift.samplers {
    requires org.eigendrift.api;

    provides ProcessProvider with
            org.eigendrift.samplers.process.OrnsteinUhlenbeck,
            org.eigendrift.samplers.process.VarianceExploding,
            org.eigendrift.samplers.process.VariancePreserving;
    provides TimeGridProvider with
            org.eigendrift.samplers.grid.Exponential,
            org.eigendrift.samplers.grid.Geometric,
            org.eigendrift.samplers.grid.Karras,
            org.eigendrift.samplers.grid.Listed,
            org.eigendrift.samplers.grid.LogLinear,
            org.eigendrift.samplers.grid.LogSnr,
            org.eigendrift.samplers.grid.Polyexponential,
            org.eigendrift.samplers.grid.Quadratic,
            org.eigendrift.samplers.grid.Timesteps,
            org.eigendrift.samplers.grid.Uniform,
            org.eigendrift.samplers.grid.VpTime;
    provides SamplerProvider with
            org.eigendrift.samplers.affine.AncestralSampling,
            org.eigendrift.samplers.affine.Bdia,
            org.eigendrift.samplers.affine.DcSolver,
            org.eigendrift.samplers.affine.Ddim,
            org.eigendrift.samplers.affine.Ddpm,
            org.eigendrift.samplers.affine.Deis,
            org.eigendrift.samplers.affine.Dpm2,
            org.eigendrift.samplers.affine.DpmSolver,
            org.eigendrift.samplers.affine.DpmSolverPlusPlus,
            org.eigendrift.samplers.affine.DpmSolverV3,
            org.eigendrift.samplers.affine.EdmEuler,
            org.eigendrift.samplers.affine.EdmHeun,
            org.eigendrift.samplers.affine.GradientEstimation,
            org.eigendrift.samplers.affine.Lms,
            org.eigendrift.samplers.affine.Pndm,
            org.eigendrift.samplers.affine.SaSolver,
            org.eigendrift.samplers.affine.UniPc,
            org.eigendrift.samplers.flow.PfOde,
            org.eigendrift.samplers.flow.PredictorCorrector,
            org.eigendrift.samplers.flow.ReverseSde,
            org.eigendrift.samplers.wrap.DualFast,
            org.eigendrift.samplers.wrap.Lml,
            org.eigendrift.samplers.wrap.Momentum,
            org.eigendrift.samplers.wrap.Teleport,
            org.eigendrift.samplers.wrap.TimeShift;
}
