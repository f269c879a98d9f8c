package org.eigendrift.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.cluster.ConditionalPairs;
import org.eigendrift.engine.cluster.LeadingMoments;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.gibbs.Bounds;
import org.eigendrift.engine.gibbs.Confinement;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.LikelihoodStep;
import org.eigendrift.engine.gibbs.Normaliser;
import org.eigendrift.engine.gibbs.Potential;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.settings.ClusterOptions;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits Gibbs densities: which pairs of columns they hold, to which degree, and the ridge are chosen by the log-likelihood of
 * held-out rows. Draws of the flow, of known density, normalise every candidate; they are made once, so candidates differ
 * by less than what their number leaves uncertain.
 */
public final class GibbsFit {
    /** Pairs kept by chance, at most; their number is narrowed down by likelihood. */
    private static final double FALSE_DISCOVERY = 0.05;

    /** Degree of every column in a table of few rows, and of polynomials: energies are of the fourth as a rule. */
    private static final int LOW_DEGREE = 4;

    /**
     * The functions that a density is a sum of.
     *
     * @param name as reports say it
     * @param degree the highest of a column
     * @param pairDegrees largest sums of degrees of a pair's functions, in the order in which they are tried
     * @param firstRidge where in the list of ridges the search begins
     */
    private record Dictionary(String name, int degree, List<Integer> pairDegrees, int firstRidge) {
        /** The eigenfunctions an ordinary fit would take: of any marginals, but a product of columns takes many of them. */
        static final Dictionary OWN = new Dictionary("", 8, List.of(10, 8, 6, 4, 2), 4);

        /**
         * Hermite polynomials, of pairs the product of the columns alone: most energies are of that kind, and then few functions
         * do. Products of higher degrees rise in corners that no row comes near; where they are needed, the others serve.
         */
        static final Dictionary POLYNOMIALS = new Dictionary("polynomials, ", LOW_DEGREE, List.of(2), 2);

        int mostPairDegree() {
            return Collections.max(pairDegrees);
        }
    }

    private static final int FEW_ROWS = 2_000;

    private static final double[] RIDGES = {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3};

    /** Shares of a step to maximum likelihood. */
    private static final double[] SHARES = {0.5, 1};

    /** Multiply-adds that the sums of A(0) may take. */
    private static final double BUDGET = 4e10;

    /** A candidate whose log-constant is known no better than this, in nats, is left out. */
    private static final double LARGEST_ERROR = 0.2;

    /** Rows at which a candidate is looked at. */
    private static final int MOST_ROWS = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(GibbsFit.class);

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
     * @param share how much of a {@link LikelihoodStep} is gone, 0 to 1
     * @param nats log-likelihoods of the held-out rows; shared, not to be modified
     */
    public record Choice(
            boolean polynomial, List<List<Integer>> pairs, int pairDegree, double ridge, double share, double[] nats) {
        /** The mean log-likelihood of the rows that are possible, which are the same for all candidates. */
        double mean() {
            return Arrays.stream(nats)
                    .filter(value -> value > Double.NEGATIVE_INFINITY)
                    .average()
                    .orElse(Double.NEGATIVE_INFINITY);
        }

        private Dictionary dictionary() {
            return polynomial ? Dictionary.POLYNOMIALS : Dictionary.OWN;
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
                    dictionary().name,
                    pairs.size(),
                    pairDegree,
                    ridge,
                    share == 0 ? "" : share == 1 ? ", a step to likelihood" : ", part of a step to likelihood");
        }
    }

    /** The settings of the one basis that all candidates of a dictionary are cut from. */
    private FitSettings ofGibbs(Dataset train, Dictionary dictionary) {
        int degree = train.rows().orElse(Long.MAX_VALUE) < FEW_ROWS ? LOW_DEGREE : dictionary.degree;
        FamilyChoice basis =
                settings.basis().orElse(new FamilyChoice(settings.basis().family(), OptionalInt.of(degree)));
        Map<String, FamilyChoice> columns = settings.columns();
        if (dictionary.equals(Dictionary.POLYNOMIALS)) {
            FamilyChoice hermite = new FamilyChoice(
                    Optional.of(Fit.defaults(providers.find(BasisFamily.class, "hermite"))), basis.degree());
            columns = new LinkedHashMap<>();
            for (Column column : train.columns()) {
                if (unbounded(column)) {
                    columns.put(column.name(), hermite);
                }
            }
        }
        ClusterOptions singles = ClusterOptions.SCHEMA.of(Map.of("order", 1, "select", "all"));
        return new FitSettings(
                OptionalInt.of(1),
                Density.AUTO,
                settings.frames(),
                basis,
                columns,
                singles,
                settings.process(),
                settings.solver(),
                settings.solve());
    }

    private static boolean unbounded(Column column) {
        return column.kind() == Column.Kind.REAL;
    }

    /** Where the user names families or frames, those are meant. */
    private List<Dictionary> dictionaries(Dataset train) {
        boolean free = settings.basis().family().isEmpty()
                && settings.columns().isEmpty()
                && settings.frames().isEmpty();
        return free && train.columns().stream().anyMatch(GibbsFit::unbounded)
                ? List.of(Dictionary.POLYNOMIALS, Dictionary.OWN)
                : List.of(Dictionary.OWN);
    }

    /**
     * Chooses.
     *
     * @param train rows to fit
     * @param heldout other rows
     * @param draws draws of the flow that was fitted to the same rows
     * @param logDensities their log-densities; not modified
     * @return the choice
     * @throws NumericalException if none of the candidates can be solved and normalised
     */
    public Choice choose(Dataset train, Points heldout, Points draws, double[] logDensities) {
        Choice best = null;
        NumericalException refusal = null;
        for (Dictionary dictionary : dictionaries(train)) {
            try {
                Search search = new Search(dictionary, train, heldout, draws, logDensities);
                Choice choice = search.run();
                if (best == null || choice.mean() > best.mean()) {
                    best = search.stepped(choice);
                }
            } catch (NumericalException e) {
                refusal = e;
            }
        }
        if (best == null) {
            throw refusal;
        }
        return best;
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
                choice.share,
                () -> LikelihoodStep.starts(InMemory.read(ground.framed(), MOST_ROWS)),
                Confinement.of(ground.framed(), basis),
                potential -> bounds(potential, InMemory.read(ground.framed(), MOST_ROWS)),
                List.of(choice.line()),
                proposal,
                run);
    }

    /** The settings with the solver that suits a basis. */
    private FitSettings solved(FitSettings resolved, ProductBasis basis) {
        if (settings.solver().isPresent()) {
            return resolved;
        }
        AutomaticSolver automatic = AutomaticSolver.of(basis, providers);
        return resolved.withSolver(automatic.first(), automatic.fallback());
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
        Dataset framed = new FramedDataset(rows, model.frames());
        ProductBasis wider = model.basis().trustedIn(List.of(Fit.seen(framed)));
        return model.with(wider, model.confinement().widened(framed, wider));
    }

    /** All functions of single coordinates, and those of the pairs up to a sum of degrees. */
    private static ProductBasis basis(Fit.Ground ground, List<List<Integer>> pairs, int pairDegree) {
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

    private Bounds bounds(Potential potential, Points rows) {
        try (Parallel parallel = new Parallel(run.threads())) {
            return Bounds.of(potential.values(rows, parallel));
        }
    }

    /** Of an angle the frequency, which cosine and sine share. */
    private static int degree(Cluster cluster, int position, int axis, List<CoordinateBasis> coordinates) {
        int function = cluster.functionAt(position, axis);
        Domain domain = coordinates.get(cluster.coordinate(axis)).basis().domain();
        return domain instanceof Domain.Circle ? (function + 1) / 2 : function;
    }

    /** A search over pairs, degrees and ridges, one after the other. */
    private final class Search {
        private final Dictionary dictionary;
        private final Fit.Ground ground;
        private final List<ConditionalPairs.Pair> ranked;
        private final MomentTable table;
        private final ProductBasis largest;
        private final int mostDegree;
        private final Framed heldout;
        private final Framed draws;
        private final Framed rows;
        private final double[] logDensities;
        private final Confinement confinement;
        private NumericalException refusal =
                new NumericalException("all held-out rows lie outside the support of the Gibbs density");

        /** Points in frame coordinates. */
        private record Framed(Points z, double[] logJacobian) {}

        Search(Dictionary dictionary, Dataset train, Points heldout, Points draws, double[] logDensities) {
            this.dictionary = dictionary;
            this.ground = Fit.ground(train, ofGibbs(train, dictionary), providers, GibbsFit.this.run);
            List<CoordinateBasis> coordinates = ground.basis().coordinates();
            List<ConditionalPairs.Pair> found = new ConditionalPairs(LeadingMoments.of(ground.framed(), coordinates))
                    .discoveries(FALSE_DISCOVERY).stream()
                            .filter(pair -> held(pair.first()) && held(pair.second()))
                            .toList();
            long count = train.rows().orElse(0);
            int degree = dictionary.mostPairDegree();
            if (cost(coordinates, found, degree, count) > BUDGET) {
                found = found.subList(0, widestGap(found));
            }
            while (degree > 2 && cost(coordinates, found, degree, count) > BUDGET) {
                degree -= 2;
            }
            this.mostDegree = degree;
            while (!found.isEmpty() && cost(coordinates, found, mostDegree, count) > BUDGET) {
                found = found.subList(0, found.size() / 2);
            }
            this.ranked = found;
            this.largest = GibbsFit.basis(ground, pairs(ranked.size()), mostDegree);
            this.table =
                    RowPass.sums(new GridLayout(largest, GibbsModel.TIME), ground.framed(), largest, GibbsFit.this.run);
            this.heldout = framed(heldout);
            this.draws = framed(draws);
            Points framedRows = InMemory.read(ground.framed(), MOST_ROWS);
            this.rows = new Framed(framedRows, new double[framedRows.size()]);
            this.logDensities = logDensities;
            this.confinement = Confinement.of(ground.framed(), largest);
        }

        /** Whether functions hold a coordinate: a frame may leave it to the normal law. */
        private boolean held(int coordinate) {
            return ground.basis().usedDegree(coordinate) > 0;
        }

        private Framed framed(Points x) {
            double[] logJacobian = new double[x.size()];
            return new Framed(ground.frames().forward(x, logJacobian), logJacobian);
        }

        /** Multiply-adds of the sums: those of coordinate i couple all functions that hold it. */
        private double cost(
                List<CoordinateBasis> coordinates, List<ConditionalPairs.Pair> pairs, int degree, long rows) {
            int most = coordinates.stream().mapToInt(c -> c.size() - 1).max().orElse(0);
            int functions = 0;
            for (int a = 1; a <= Math.min(most, degree - 1); a++) {
                functions += Math.min(most, degree - a);
            }
            double[] holding =
                    coordinates.stream().mapToDouble(c -> c.size() - 1).toArray();
            for (ConditionalPairs.Pair pair : pairs) {
                holding[pair.first()] += functions;
                holding[pair.second()] += functions;
            }
            return rows * Arrays.stream(holding).map(m -> m * m / 2).sum();
        }

        /** The first so many pairs, in ascending order. */
        private List<List<Integer>> pairs(int count) {
            return ranked.subList(0, count).stream()
                    .map(pair -> List.of(pair.first(), pair.second()))
                    .sorted((a, b) -> a.get(0).equals(b.get(0)) ? a.get(1) - b.get(1) : a.get(0) - b.get(0))
                    .toList();
        }

        /** Where the pairs' statistics fall by the largest factor, counting at least half as many pairs as columns. */
        private int widestGap(List<ConditionalPairs.Pair> ranked) {
            int widest = ranked.size();
            double most = 0;
            for (int k = Math.max(1, ground.basis().dim() / 2); k < ranked.size(); k++) {
                double factor = ranked.get(k - 1).statistic() / ranked.get(k).statistic();
                if (factor > most) {
                    most = factor;
                    widest = k;
                }
            }
            return widest;
        }

        /** Finds the best of the dictionary's densities. */
        Choice run() {
            List<Integer> degrees =
                    dictionary.pairDegrees.stream().filter(d -> d <= mostDegree).toList();
            double first = RIDGES[dictionary.firstRidge];
            Choice best = candidate(ranked.size(), degrees.get(0), first);
            if (widestGap(ranked) < ranked.size()) {
                best = better(best, candidate(widestGap(ranked), degrees.get(0), first));
            }
            int count = best.pairs.size();
            for (int degree : degrees.subList(1, degrees.size())) {
                Choice other = candidate(count, degree, first);
                if (worse(other, best)) {
                    break;
                }
                best = better(best, other);
            }
            for (int direction : new int[] {1, -1}) {
                for (int r = dictionary.firstRidge + direction; r >= 0 && r < RIDGES.length; r += direction) {
                    Choice here = candidate(count, best.pairDegree, RIDGES[r]);
                    if (worse(here, best)) {
                        break;
                    }
                    best = better(best, here);
                }
            }
            if (best.mean() == Double.NEGATIVE_INFINITY) {
                throw refusal;
            }
            return best;
        }

        /** A choice, or as much further towards maximum likelihood as held-out rows gain by. */
        Choice stepped(Choice best) {
            ProductBasis basis = GibbsFit.basis(ground, best.pairs, best.pairDegree);
            if (!LikelihoodStep.possible(basis, rows.z.size())) {
                return best;
            }
            Choice chosen = best;
            try {
                double[] theta = theta(basis, best.ridge);
                Bounds bounds = Bounds.of(values(basis, theta, Bounds.NONE, rows));
                double[] step = LikelihoodStep.of(
                        new Potential(basis, theta, confinement, bounds),
                        basis,
                        table.functionMeans(basis),
                        LikelihoodStep.starts(rows.z),
                        GibbsFit.this.run);
                for (double share : SHARES) {
                    double[] nats = nats(basis, GibbsModel.stepped(theta, step, share));
                    chosen = better(
                            chosen, new Choice(best.polynomial, best.pairs, best.pairDegree, best.ridge, share, nats));
                }
            } catch (NumericalException e) {
                LOG.debug("no likelihood step: {}", e.getMessage());
            }
            return chosen;
        }

        private double[] theta(ProductBasis basis, double ridge) {
            AutomaticSolver automatic = AutomaticSolver.of(basis, providers);
            List<Chosen<RunContext, Solver>> solvers = new ArrayList<>();
            solvers.add(settings.solver().orElse(automatic.first()));
            solvers.addAll(automatic.fallback());
            return GibbsModel.theta(table, basis, ridge, solvers, GibbsFit.this.run);
        }

        /** Normalised log-densities of the held-out rows. */
        private double[] nats(ProductBasis basis, double[] theta) {
            Bounds bounds = credible(values(basis, theta, Bounds.NONE, rows));
            double log = logNormaliser(basis, theta, bounds);
            double[] nats = values(basis, theta, bounds, heldout);
            for (int n = 0; n < nats.length; n++) {
                nats[n] -= log;
            }
            return nats;
        }

        /** Where nothing could be normalised yet, the search goes on. */
        private boolean worse(Choice here, Choice best) {
            return best.mean() > Double.NEGATIVE_INFINITY && here.mean() <= best.mean();
        }

        private Choice better(Choice a, Choice b) {
            return b.mean() > a.mean() ? b : a;
        }

        private Choice candidate(int count, int degree, double ridge) {
            GibbsFit.this.run.checkCancelled();
            List<List<Integer>> pairs = pairs(count);
            ProductBasis basis = GibbsFit.basis(ground, pairs, degree);
            double[] nats;
            try {
                nats = nats(basis, theta(basis, ridge));
            } catch (NumericalException e) {
                refusal = e;
                nats = new double[heldout.z.size()];
                Arrays.fill(nats, Double.NEGATIVE_INFINITY);
            }
            return new Choice(dictionary.equals(Dictionary.POLYNOMIALS), pairs, degree, ridge, 0, nats);
        }

        /**
         * Functions of high degree may rise beyond all measure at single far rows, heavy tails above all, and then around
         * them too, where nothing would tell.
         */
        private Bounds credible(double[] atRows) {
            Bounds bounds = Bounds.of(atRows);
            double most = Arrays.stream(atRows).max().orElseThrow();
            if (most > bounds.ceiling()) {
                throw new NumericalException(String.format(
                        Locale.ROOT,
                        "a Gibbs density rises to %.4g nats at a row, where %.4g are credible",
                        most,
                        bounds.ceiling()));
            }
            return bounds;
        }

        private double[] values(ProductBasis basis, double[] theta, Bounds bounds, Framed framed) {
            try (Parallel parallel = new Parallel(GibbsFit.this.run.threads())) {
                double[] values = new Potential(basis, theta, confinement, bounds).values(framed.z, parallel);
                for (int n = 0; n < values.length; n++) {
                    values[n] += framed.logJacobian[n];
                }
                return values;
            }
        }

        private double logNormaliser(ProductBasis basis, double[] theta, Bounds bounds) {
            double[] logWeights = values(basis, theta, bounds, draws);
            for (int n = 0; n < logWeights.length; n++) {
                logWeights[n] -= logDensities[n];
            }
            Normaliser normaliser = Normaliser.importance(logWeights);
            if (!(normaliser.standardError() <= LARGEST_ERROR)) {
                throw new NumericalException(
                        "a Gibbs density lies too far from the flow to be normalised beside it: its"
                                + " log-constant is known to " + normaliser.standardError() + " nats only");
            }
            return normaliser.log();
        }
    }
}
