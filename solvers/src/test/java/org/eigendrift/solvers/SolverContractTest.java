package org.eigendrift.solvers;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.contract.PreconditionerContract;
import org.eigendrift.contract.SolverContract;
import org.junit.jupiter.api.Nested;

/** Every solver and preconditioner of this module keeps its contract. */
final class SolverContractTest {
    @Nested
    final class CholeskySolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("cholesky");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    @Nested
    final class SparseCholeskySolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("sparse-cholesky");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    @Nested
    final class LdlSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("ldl");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    @Nested
    final class OjalgoCholeskySolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("ojalgo-cholesky");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    @Nested
    final class OjalgoLdlSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("ojalgo-ldl");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }
    }

    @Nested
    final class QrSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("qr");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }

        @Override
        protected boolean solvesSingular() {
            return false;
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class SvdSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("svd");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class CgSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("cg");
        }
    }

    @Nested
    final class MinresSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("minres");
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class GmresSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("gmres");
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class BicgstabSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("bicgstab");
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class LsqrSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("lsqr");
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class LsmrSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("lsmr");
        }

        @Override
        protected boolean solvesIndefinite() {
            return true;
        }
    }

    @Nested
    final class BlockCgSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("block-cg");
        }
    }

    @Nested
    final class DeflatedCgSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("deflated-cg");
        }
    }

    @Nested
    final class JacobiSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("jacobi");
        }
    }

    @Nested
    final class GaussSeidelSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("gauss-seidel");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class SorSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("sor");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class SsorSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("ssor");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class ChebyshevSolver extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return Plugins.solver("chebyshev");
        }
    }

    @Nested
    final class NonePreconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("none");
        }
    }

    @Nested
    final class JacobiPreconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("jacobi");
        }
    }

    @Nested
    final class BlockJacobiPreconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("block-jacobi");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class SsorPreconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("ssor");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class Ic0Preconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("ic0");
        }

        @Override
        protected boolean takesOperators() {
            return false;
        }
    }

    @Nested
    final class PolynomialPreconditioner extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return Plugins.preconditioner("polynomial");
        }
    }
}
