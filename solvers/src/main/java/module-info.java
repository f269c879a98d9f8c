import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.solvers.direct.CholeskyProvider;
import org.eigendrift.solvers.direct.LdlProvider;
import org.eigendrift.solvers.direct.OjalgoCholeskyProvider;
import org.eigendrift.solvers.direct.OjalgoLdlProvider;
import org.eigendrift.solvers.direct.QrProvider;
import org.eigendrift.solvers.direct.SparseCholeskyProvider;
import org.eigendrift.solvers.direct.SvdProvider;
import org.eigendrift.solvers.kernel.PortableKernelProvider;
import org.eigendrift.solvers.krylov.BicgstabProvider;
import org.eigendrift.solvers.krylov.BlockConjugateGradientProvider;
import org.eigendrift.solvers.krylov.ConjugateGradientProvider;
import org.eigendrift.solvers.krylov.DeflatedConjugateGradientProvider;
import org.eigendrift.solvers.krylov.GmresProvider;
import org.eigendrift.solvers.krylov.LsmrProvider;
import org.eigendrift.solvers.krylov.LsqrProvider;
import org.eigendrift.solvers.krylov.MinresProvider;
import org.eigendrift.solvers.precondition.BlockJacobiPreconditioner;
import org.eigendrift.solvers.precondition.IncompleteCholeskyPreconditioner;
import org.eigendrift.solvers.precondition.JacobiPreconditioner;
import org.eigendrift.solvers.precondition.NoPreconditioner;
import org.eigendrift.solvers.precondition.PolynomialPreconditioner;
import org.eigendrift.solvers.precondition.SsorPreconditioner;
import org.eigendrift.solvers.ridge.CrossValidationRule;
import org.eigendrift.solvers.ridge.DiscrepancyRule;
import org.eigendrift.solvers.sketch.LeverageSampler;
import org.eigendrift.solvers.sketch.VolumeSampler;
import org.eigendrift.solvers.stationary.ChebyshevProvider;
import org.eigendrift.solvers.stationary.GaussSeidelProvider;
import org.eigendrift.solvers.stationary.JacobiProvider;
import org.eigendrift.solvers.stationary.SorProvider;
import org.eigendrift.solvers.stationary.SsorProvider;

/**
 * Solvers and preconditioners of symmetric positive (semi)definite systems, and rules for their ridges. Exports what turns a factorisation into a
 * solver that judges its own results, for native kernels that come as plugins; no part of the api.
 */
@SuppressWarnings("requires-automatic") // EJML ships no module-info
module org.eigendrift.solvers {
    requires transitive org.eigendrift.api;
    requires ejml.core;
    requires ejml.ddense;
    requires ejml.dsparse;
    requires ojalgo;

    exports org.eigendrift.solvers.factor;

    provides PreconditionerProvider with
            BlockJacobiPreconditioner,
            IncompleteCholeskyPreconditioner,
            JacobiPreconditioner,
            NoPreconditioner,
            PolynomialPreconditioner,
            SsorPreconditioner;
    provides ProductKernelProvider with
            PortableKernelProvider;
    provides RidgeRuleProvider with
            CrossValidationRule,
            DiscrepancyRule;
    provides RowSamplerProvider with
            LeverageSampler,
            VolumeSampler;
    provides SolverProvider with
            CholeskyProvider,
            LdlProvider,
            OjalgoCholeskyProvider,
            OjalgoLdlProvider,
            QrProvider,
            SparseCholeskyProvider,
            SvdProvider,
            BicgstabProvider,
            BlockConjugateGradientProvider,
            ConjugateGradientProvider,
            DeflatedConjugateGradientProvider,
            GmresProvider,
            LsmrProvider,
            LsqrProvider,
            MinresProvider,
            ChebyshevProvider,
            GaussSeidelProvider,
            JacobiProvider,
            SorProvider,
            SsorProvider;
}
