package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.Confinement;
import org.eigendrift.engine.gibbs.GibbsEnergy;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.offer.Offers;
import org.eigendrift.engine.settings.BasisOptions;
import org.eigendrift.engine.settings.ClusterOptions;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Fits Gibbs densities: which pairs of columns they hold, to which degree, and the ridge are chosen by the log-likelihood of
 * held-out rows ({@code GibbsSearch}).
 */
public final class GibbsFit {
    private static final int FEW_ROWS = 2_000;

    /** Rows at which a candidate is looked at. */
    static final int MOST_ROWS = 50_000;

    /** Draws of the flow that normalise densities while they are compared. */
    private static final int DRAWS = 2_048;

    private final FitSettings settings;
    private final ProviderLookup providers;
    private final RunContext run;

    /**
     * Prepares.
     *
     * @param settings frames, families and degrees as the user chose; clusters are chosen here
     * @param providers finds the plugins of automatic choices
     * @param run seed, threads, progress
     */
    public GibbsFit(FitSettings settings, ProviderLookup providers, RunContext run) {
        this.settings = settings;
        this.providers = providers;
        this.run = run;
    }

    /**
     * What was chosen on some rows, to be fitted to all of them.
     *
     * @param polynomial whether columns without bounds have Hermite polynomials instead of what a fit would take
     * @param pairs pairs of columns, by number, ascending
     * @param pairDegree largest sum of the degrees of a pair's functions
     * @param ridge rho
     * @param steps how many steps of {@link org.eigendrift.engine.gibbs.FisherScoring} are gone, the last perhaps in part
     * @param nats log-likelihoods of the held-out rows; shared, not to be modified
     */
    public record Choice(
            boolean polynomial, List<List<Integer>> pairs, int pairDegree, double ridge, double steps, double[] nats) {
        /** The mean log-likelihood of the rows that are possible, which are the same for all candidates. */
        double mean() {
            return Arrays.stream(nats)
                    .filter(value -> value > Double.NEGATIVE_INFINITY)
                    .average()
                    .orElse(Double.NEGATIVE_INFINITY);
        }

        Choice with(double gone, double[] changed) {
            return new Choice(polynomial, pairs, pairDegree, ridge, gone, changed);
        }

        private GibbsDictionary dictionary() {
            return polynomial ? GibbsDictionary.POLYNOMIALS : GibbsDictionary.OWN;
        }

        /**
         * What was chosen.
         *
         * @return a line for the report
         */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "Gibbs density at t = 0: %s%d pairs of columns, degrees up to a sum of %d, ridge %.0e%s",
                    dictionary().name(),
                    pairs.size(),
                    pairDegree,
                    ridge,
                    steps == 0 ? "" : String.format(Locale.ROOT, ", %.2g steps to likelihood", steps));
        }
    }

    /** The settings of the one basis that all candidates of a dictionary are cut from. */
    private FitSettings ofGibbs(Dataset train, GibbsDictionary dictionary) {
        int degree = train.rows().orElseThrow() < FEW_ROWS ? GibbsDictionary.LOW_DEGREE : dictionary.degree();
        FamilyChoice named = settings.basis().standard();
        FamilyChoice basis = named.orElse(new FamilyChoice(named.family(), OptionalInt.of(degree)));
        Map<String, FamilyChoice> columns = settings.basis().columns();
        if (dictionary.equals(GibbsDictionary.POLYNOMIALS)) {
            columns = new LinkedHashMap<>();
            for (Column column : train.columns()) {
                if (unbounded(column)) {
                    Chosen<BasisContext, Eigenbasis> normal =
                            Offers.of(new BasisUse.Normal(column), providers).best();
                    columns.put(column.name(), new FamilyChoice(Optional.of(normal), basis.degree()));
                }
            }
        }
        ClusterOptions singles = ClusterOptions.SCHEMA.of(Map.of("order", 1, "select", "all"));
        return new FitSettings(
                OptionalInt.of(1),
                Density.AUTO,
                settings.frames(),
                new BasisOptions(basis, columns, singles),
                settings.process(),
                settings.solver());
    }

    private static boolean unbounded(Column column) {
        return column.kind() == Column.Kind.REAL;
    }

    /** Where the user names families or frames, those are meant. */
    private List<GibbsDictionary> dictionaries(Dataset train) {
        boolean free = settings.basis().standard().family().isEmpty()
                && settings.basis().columns().isEmpty()
                && settings.frames().isEmpty();
        return free && train.columns().stream().anyMatch(GibbsFit::unbounded)
                ? List.of(GibbsDictionary.POLYNOMIALS, GibbsDictionary.OWN)
                : List.of(GibbsDictionary.OWN);
    }

    /**
     * Chooses.
     *
     * @param train rows to fit
     * @param heldout other rows
     * @param proposal the flow, fitted to the same rows
     * @param decisions takes what was decided
     * @return the choice
     * @throws NumericalException if none of the candidates can be solved and normalised
     */
    public Choice choose(Dataset train, Points heldout, Proposal proposal, Consumer<Decision> decisions) {
        Points draws = proposal.draw(run.random(Purpose.GIBBS_CANDIDATES), DRAWS);
        double[] logDensities = proposal.logDensity(draws);
        GibbsCandidate best = null;
        Map<GibbsDictionary, NumericalException> refusals = new LinkedHashMap<>();
        for (GibbsDictionary dictionary : dictionaries(train)) {
            try {
                Fit.Ground ground = Fit.ground(train, ofGibbs(train, dictionary), providers, run);
                GibbsSearch search = new GibbsSearch(dictionary, this, ground, heldout, draws, logDensities, run);
                GibbsCandidate found = search.best(decisions);
                best = best == null ? found : best.unlessBetter(found);
            } catch (NumericalException e) {
                refusals.put(dictionary, e);
            }
        }
        if (best == null) {
            throw List.copyOf(refusals.values()).get(refusals.size() - 1);
        }
        refusals.forEach((dictionary, e) -> decisions.accept(
                Decision.told("Gibbs density at t = 0: " + dictionary.name() + "left out (" + e.getMessage() + ")")));
        return best.beside(proposal).choice();
    }

    /**
     * Fits.
     *
     * @param train rows to fit
     * @param choice what to fit
     * @param proposal the flow, fitted to the same rows
     * @return the model
     * @throws NumericalException if the system cannot be solved or the law not be normalised
     */
    public GibbsModel fit(Dataset train, Choice choice, Proposal proposal) {
        Fit.Ground ground = Fit.ground(train, ofGibbs(train, choice.dictionary()), providers, run);
        ProductBasis basis = basis(ground, choice.pairs, choice.pairDegree);
        return GibbsModel.of(
                solved(ground.settings(), basis),
                ground.frames(),
                basis,
                RowPass.sums(new GridLayout(basis, GibbsModel.TIME), ground.framed(), basis, run),
                choice.ridge,
                choice.steps,
                () -> InMemory.read(ground.framed(), MOST_ROWS),
                Confinement.of(ground.framed(), basis),
                potential -> bounds(potential, InMemory.read(ground.framed(), MOST_ROWS)),
                List.of(choice.line()),
                proposal,
                run);
    }

    /** The settings with the solver that suits a basis. */
    FitSettings solved(FitSettings resolved, ProductBasis basis) {
        return settings.solver().named().isPresent()
                ? resolved
                : resolved.with(AutomaticSolver.of(basis, providers).in(resolved.solver()));
    }

    /**
     * The sums of rows, in a model's coordinates and for its functions.
     *
     * @param model the model
     * @param rows rows of the same columns
     * @param run threads, progress
     * @return a table that can be added to the model's
     * @throws InputException if the columns differ, or a row lies outside the model's support
     */
    public static MomentTable sums(GibbsModel model, Dataset rows, RunContext run) {
        return RowPass.sums(model, rows, run);
    }

    /**
     * A model with its functions trusted, and its law not confined, also where other rows lie.
     *
     * @param model the model
     * @param rows rows of the same columns
     * @return a new model, of the same constant
     */
    public static GibbsModel trustedIn(GibbsModel model, Dataset rows) {
        Dataset framed = FramedDataset.of(rows, model.frames());
        ProductBasis wider = model.basis().trustedIn(Fit.seen(framed, RunContext.quiet(0)));
        return model.with(wider, model.confinement().widened(framed, wider));
    }

    /** All functions of single coordinates, and those of the pairs up to a sum of degrees. */
    static ProductBasis basis(Fit.Ground ground, List<List<Integer>> pairs, int pairDegree) {
        List<CoordinateBasis> coordinates = ground.basis().coordinates();
        List<Cluster> clusters = new ArrayList<>(ground.basis().clusters());
        for (List<Integer> pair : pairs) {
            Cluster full = Cluster.full(new int[] {pair.get(0), pair.get(1)}, new int[] {
                coordinates.get(pair.get(0)).size() - 1,
                coordinates.get(pair.get(1)).size() - 1
            });
            clusters.add(full.withPositions(Arrays.stream(full.positions())
                    .filter(p -> degree(full, p, 0, coordinates) + degree(full, p, 1, coordinates) <= pairDegree)
                    .toArray()));
        }
        return new ProductBasis(coordinates, clusters);
    }

    private Bounds bounds(GibbsEnergy potential, Points rows) {
        Parallel parallel = run.parallel();
        return Bounds.of(potential.values(rows, parallel));
    }

    /** Of an angle the frequency, which cosine and sine share. */
    private static int degree(Cluster cluster, int position, int axis, List<CoordinateBasis> coordinates) {
        int function = cluster.functionAt(position, axis);
        Domain domain = coordinates.get(cluster.coordinate(axis)).basis().domain();
        return domain instanceof Domain.Circle ? (function + 1) / 2 : function;
    }
}
