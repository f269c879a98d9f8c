import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.ProcessProvider;

/** Affine processes, time grids, samplers and guidance. Exports nothing: everything is found through the api. */
module org.eigendrift.samplers {
    requires org.eigendrift.api;

    provides CorrectorProvider with
            org.eigendrift.samplers.guidance.TwistedSmc;
    provides GuidanceProvider with
            org.eigendrift.samplers.guidance.DecomposedDiffusion,
            org.eigendrift.samplers.guidance.GradientGuidance,
            org.eigendrift.samplers.guidance.ManifoldConstrained,
            org.eigendrift.samplers.guidance.Minority,
            org.eigendrift.samplers.guidance.MomentMatched,
            org.eigendrift.samplers.guidance.NullSpace,
            org.eigendrift.samplers.guidance.PosteriorSampling,
            org.eigendrift.samplers.guidance.Product,
            org.eigendrift.samplers.guidance.PseudoInverse,
            org.eigendrift.samplers.guidance.Repaint,
            org.eigendrift.samplers.guidance.Reward,
            org.eigendrift.samplers.guidance.SecondOrderTweedie,
            org.eigendrift.samplers.guidance.Temperature;
    provides ObjectiveProvider with
            org.eigendrift.samplers.operator.Linear,
            org.eigendrift.samplers.operator.Near;
    provides OperatorProvider with
            org.eigendrift.samplers.operator.Blur,
            org.eigendrift.samplers.operator.Downsample,
            org.eigendrift.samplers.operator.Mask,
            org.eigendrift.samplers.operator.Matrix,
            org.eigendrift.samplers.operator.Radon;
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
            org.eigendrift.samplers.flow.TimeTravel,
            org.eigendrift.samplers.wrap.DualFast,
            org.eigendrift.samplers.wrap.Lml,
            org.eigendrift.samplers.wrap.Momentum,
            org.eigendrift.samplers.wrap.Teleport,
            org.eigendrift.samplers.wrap.TimeShift;
}
