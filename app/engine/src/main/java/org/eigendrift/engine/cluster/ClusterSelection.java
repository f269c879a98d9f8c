package org.eigendrift.engine.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.settings.ClusterOptions;

/**
 * Chooses the functions of a basis (docs/method.md, 5). To first order in the perturbation theta_alpha is proportional
 * to m_alpha, so the functions that matter are those whose moment differs from 0. Functions of a single coordinate are
 * always kept: they cost little and carry the marginals.
 */
public final class ClusterSelection {
    private static final int AUTO_MOST = 1000;
    private static final int INTERACTIONS_PER_COORDINATE = 10;
    private static final int FEWEST_INTERACTIONS = 120;
    private static final int CANDIDATE_LIMIT = 20_000_000;

    private final ClusterOptions options;
    private final List<Column> columns;
    private final List<CoordinateBasis> coordinates;
    private final Set<Integer> leftNormal;
    private final Function<ProductBasis, CandidateMoments> measure;
    private final Supplier<LeadingMoments> leading;
    private final List<String> remarks = new ArrayList<>();

    /**
     * Prepares a selection.
     *
     * @param options what the user said
     * @param columns the coordinates' columns
     * @param coordinates their bases
     * @param leftNormal coordinates that no function holds
     * @param measure measures candidate moments, in a pass over the data; called only where moments decide
     * @param leading measures the covariance of the first functions; called only where conditional dependence decides
     */
    public ClusterSelection(
            ClusterOptions options,
            List<Column> columns,
            List<CoordinateBasis> coordinates,
            int[] leftNormal,
            Function<ProductBasis, CandidateMoments> measure,
            Supplier<LeadingMoments> leading) {
        this.options = options;
        this.columns = columns;
        this.coordinates = coordinates;
        this.leftNormal = Arrays.stream(leftNormal).boxed().collect(Collectors.toSet());
        this.measure = measure;
        this.leading = leading;
    }

    /**
     * What was chosen and why, a line each.
     *
     * @return lines for the report
     */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /**
     * Chooses.
     *
     * @return the basis
     */
    public ProductBasis choose() {
        int dim = coordinates.size();
        int order = Math.min(dim, options.order().orElse(Math.min(2, dim)));
        ClusterOptions.Select select = options.select() == ClusterOptions.Select.AUTO
                ? dim <= 2 ? ClusterOptions.Select.ALL : ClusterOptions.Select.SIGNIFICANT
                : options.select();
        boolean[][] adjacent = switch (select) {
            case AUTO, ALL, SIGNIFICANT -> ClusterShapes.complete(dim);
            case GRAPH -> ClusterShapes.graph(options, columns);
            case LATTICE -> ClusterShapes.lattice(options, dim);
            case CONDITIONAL -> conditional();
        };
        if (select == ClusterOptions.Select.SIGNIFICANT) {
            return significant(order);
        }
        ProductBasis basis = basis(ClusterShapes.cliques(adjacent, order));
        if (options.maxSize().isPresent() && basis.size() > options.maxSize().getAsInt()) {
            return mostSignificant(measure.apply(basis), options.maxSize().getAsInt());
        }
        remarks.add(basis.size() + " functions of " + basis.clusters().size() + " clusters (" + name(select)
                + ", order " + order + ")");
        return basis;
    }

    private boolean[][] conditional() {
        int dim = coordinates.size();
        List<ConditionalPairs.Pair> pairs = new ConditionalPairs(leading.get()).discoveries(options.falseDiscovery());
        boolean[][] adjacent = new boolean[dim][dim];
        for (ConditionalPairs.Pair pair : pairs) {
            adjacent[pair.first()][pair.second()] = true;
            adjacent[pair.second()][pair.first()] = true;
        }
        remarks.add(String.format(
                Locale.ROOT,
                "%d of %d pairs of columns depend on each other given all others (false discovery rate %s)",
                pairs.size(),
                dim * (dim - 1) / 2,
                options.falseDiscovery()));
        return adjacent;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private ProductBasis basis(List<int[]> shapes) {
        List<Cluster> clusters = new ArrayList<>();
        long candidates = 0;
        for (int[] shape : shapes) {
            if (Arrays.stream(shape).anyMatch(leftNormal::contains)) {
                continue;
            }
            int[] degrees =
                    Arrays.stream(shape).map(i -> coordinates.get(i).size() - 1).toArray();
            Cluster cluster = cut(Cluster.full(shape, degrees));
            candidates += cluster.size();
            if (candidates > CANDIDATE_LIMIT) {
                throw InputException.at(
                        "basis.clusters",
                        "more than " + CANDIDATE_LIMIT
                                + " candidate functions; lower the degree or the order, or give a graph or lattice");
            }
            clusters.add(cluster);
        }
        return new ProductBasis(coordinates, clusters);
    }

    /** Keeps the multi-degrees that the cut allows. */
    private Cluster cut(Cluster full) {
        int largest = 0;
        double fastest = 0;
        for (int axis = 0; axis < full.order(); axis++) {
            int degree = full.degree(axis);
            largest = Math.max(largest, degree);
            fastest = Math.max(fastest, coordinates.get(full.coordinate(axis)).rate(degree));
        }
        int[] kept = new int[full.size()];
        int count = 0;
        for (int position = 0; position < full.size(); position++) {
            int sum = 0;
            long product = 1;
            for (int axis = 0; axis < full.order(); axis++) {
                int degree = full.functionAt(position, axis);
                sum += degree;
                product *= degree + 1;
            }
            boolean keep = switch (options.cut()) {
                case NONE -> true;
                case RATE -> rate(full, position) <= fastest * (1 + 1e-12);
                case TOTAL_DEGREE -> sum <= Math.max(largest, full.order());
                case HYPERBOLIC -> product <= Math.max(largest + 1, 1L << full.order());
            };
            if (keep) {
                kept[count++] = position;
            }
        }
        return full.withPositions(Arrays.copyOf(kept, count));
    }

    private double rate(Cluster cluster, int position) {
        double rate = 0;
        for (int axis = 0; axis < cluster.order(); axis++) {
            rate += coordinates.get(cluster.coordinate(axis)).rate(cluster.functionAt(position, axis));
        }
        return rate;
    }

    private ProductBasis significant(int order) {
        CandidateMoments pairs = measure.apply(
                basis(ClusterShapes.cliques(ClusterShapes.complete(coordinates.size()), Math.min(2, order))));
        boolean[] keep = pairs.discoveries(options.falseDiscovery());
        CandidateMoments all = order == 3 ? measure.apply(basis(triplesOver(pairs.basis(), keep))) : pairs;
        if (order == 3) {
            keep = all.discoveries(options.falseDiscovery());
        }
        int found = count(keep);
        remarks.add(found + " of " + keep.length + " candidate functions are significant (false discovery rate "
                + options.falseDiscovery() + "), single coordinates always kept");
        ProductBasis basis = restrict(all.basis(), keep);
        if (options.closure() == ClusterOptions.Closure.PRODUCTS) {
            int before = basis.size();
            basis = close(all.basis(), keep, order);
            remarks.add("closed under products: " + before + " functions became " + basis.size());
        }
        int most = options.maxSize().orElseGet(() -> automaticMost(all.rows()));
        return basis.size() > most ? mostSignificant(all.restrictedTo(basis), most) : basis;
    }

    /**
     * The moment table grows with the pairs of clusters that share a coordinate, so a few interactions a coordinate are
     * kept: tables of wide data stay in the millions of entries.
     */
    private int automaticMost(long rows) {
        int singles = singles(coordinates);
        long interactions = Math.max(FEWEST_INTERACTIONS, INTERACTIONS_PER_COORDINATE * coordinates.size());
        return (int)
                Math.min(Math.max(AUTO_MOST, singles), Math.max(singles, Math.min(rows / 10, singles + interactions)));
    }

    private static int singles(List<CoordinateBasis> coordinates) {
        return coordinates.stream().mapToInt(c -> c.size() - 1).sum();
    }

    /** Singles, pairs, and those triples of which at least two pairs hold a significant function. */
    private List<int[]> triplesOver(ProductBasis pairs, boolean[] keep) {
        int dim = coordinates.size();
        boolean[][] linked = new boolean[dim][dim];
        for (int c = 0; c < pairs.clusters().size(); c++) {
            Cluster cluster = pairs.clusters().get(c);
            for (int f = pairs.start(c); cluster.order() == 2 && f < pairs.start(c + 1); f++) {
                if (keep[f]) {
                    linked[cluster.coordinate(0)][cluster.coordinate(1)] = true;
                    linked[cluster.coordinate(1)][cluster.coordinate(0)] = true;
                }
            }
        }
        List<int[]> shapes = ClusterShapes.cliques(ClusterShapes.complete(dim), 2);
        for (int i = 0; i < dim; i++) {
            for (int j = i + 1; j < dim; j++) {
                for (int l = j + 1; l < dim; l++) {
                    int links = (linked[i][j] ? 1 : 0) + (linked[i][l] ? 1 : 0) + (linked[j][l] ? 1 : 0);
                    if (links >= 2) {
                        shapes.add(new int[] {i, j, l});
                    }
                }
            }
        }
        return shapes;
    }

    private static int count(boolean[] keep) {
        int count = 0;
        for (boolean kept : keep) {
            count += kept ? 1 : 0;
        }
        return count;
    }

    private static ProductBasis restrict(ProductBasis basis, boolean[] keep) {
        List<Cluster> clusters = new ArrayList<>();
        for (int c = 0; c < basis.clusters().size(); c++) {
            Cluster cluster = basis.clusters().get(c);
            int[] positions = new int[cluster.size()];
            int count = 0;
            for (int index = 0; index < cluster.size(); index++) {
                if (keep[basis.start(c) + index]) {
                    positions[count++] = cluster.position(index);
                }
            }
            if (count > 0) {
                clusters.add(cluster.withPositions(Arrays.copyOf(positions, count)));
            }
        }
        return basis.withClusters(clusters);
    }

    private ProductBasis mostSignificant(CandidateMoments moments, int most) {
        ProductBasis basis = moments.basis();
        Integer[] byScore = new Integer[basis.size()];
        Arrays.setAll(byScore, f -> f);
        Arrays.sort(
                byScore,
                Comparator.comparingInt((Integer f) -> moments.single(f) ? 0 : 1)
                        .thenComparing(Comparator.comparingDouble((Integer f) -> moments.score(f))
                                .reversed())
                        .thenComparingInt(f -> f));
        boolean[] keep = new boolean[basis.size()];
        for (int r = 0; r < Math.min(most, byScore.length); r++) {
            keep[byScore[r]] = true;
        }
        int last = byScore[Math.min(most, byScore.length) - 1];
        remarks.add(String.format(
                Locale.ROOT,
                "kept the %d most significant of %d functions; the weakest kept lies %.1f standard errors from 0",
                Math.min(most, byScore.length),
                basis.size(),
                moments.score(last)));
        return restrict(basis, keep);
    }

    /** Adds, for two kept functions that share a coordinate, the function of their union with their degrees. */
    private ProductBasis close(ProductBasis candidates, boolean[] keep, int order) {
        List<Map<Integer, Integer>> kept = new ArrayList<>();
        for (int c = 0; c < candidates.clusters().size(); c++) {
            Cluster cluster = candidates.clusters().get(c);
            for (int index = 0; index < cluster.size(); index++) {
                if (keep[candidates.start(c) + index] && cluster.order() > 1) {
                    kept.add(degrees(cluster, cluster.position(index)));
                }
            }
        }
        Set<Map<Integer, Integer>> closed = new LinkedHashSet<>();
        for (Map<Integer, Integer> a : kept) {
            for (Map<Integer, Integer> b : kept) {
                addProduct(a, b, order, closed);
            }
        }
        boolean[] extended = keep.clone();
        for (int c = 0; c < candidates.clusters().size(); c++) {
            Cluster cluster = candidates.clusters().get(c);
            for (int index = 0; index < cluster.size(); index++) {
                extended[candidates.start(c) + index] |= closed.contains(degrees(cluster, cluster.position(index)));
            }
        }
        return restrict(candidates, extended);
    }

    private static Map<Integer, Integer> degrees(Cluster cluster, int position) {
        Map<Integer, Integer> degrees = new LinkedHashMap<>();
        for (int axis = 0; axis < cluster.order(); axis++) {
            degrees.put(cluster.coordinate(axis), cluster.functionAt(position, axis));
        }
        return degrees;
    }

    /**
     * To second order theta_gamma gathers m_alpha m_beta C[alpha, beta, gamma]: in a shared coordinate the product of
     * degrees a and b holds, among others, |a - b| and a + b.
     */
    private void addProduct(
            Map<Integer, Integer> a, Map<Integer, Integer> b, int order, Set<Map<Integer, Integer>> closed) {
        List<Map<Integer, Integer>> partial = new ArrayList<>(List.of(Map.of()));
        Set<Integer> union = new TreeSet<>(a.keySet());
        union.addAll(b.keySet());
        if (union.size() == a.size() + b.size()) {
            return;
        }
        for (int i : union) {
            int da = a.getOrDefault(i, 0);
            int db = b.getOrDefault(i, 0);
            Set<Integer> options = new LinkedHashSet<>(List.of(Math.abs(da - db), da + db));
            List<Map<Integer, Integer>> next = new ArrayList<>();
            for (Map<Integer, Integer> base : partial) {
                for (int degree : options) {
                    Map<Integer, Integer> longer = new LinkedHashMap<>(base);
                    if (degree > 0) {
                        longer.put(i, degree);
                    }
                    next.add(longer);
                }
            }
            partial = next;
        }
        partial.stream().filter(m -> !m.isEmpty() && m.size() <= order).forEach(closed::add);
    }
}
