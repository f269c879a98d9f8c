package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.api.sampler.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** Laws, gates and samplers of rows with one fault each: the rule that is there for it fails, and holds without the fault. */
class PlantedLawFaultsTest {
    private enum Fault {
        NONE(contract -> {}),
        TWICE_THE_DENSITY(LawContract::drawsFollowTheDensity),
        WIDER_DRAWS(LawContract::drawsFollowTheDensity),
        SCORES_OF_A_BATCH(LawContract::aScoreDependsOnTheRowAlone),
        SCORES_OF_THREADS(LawContract::aScoreDependsOnTheRowAlone),
        ROWS_MODIFIED(LawContract::aScoreDependsOnTheRowAlone),
        DRAWS_BEGIN_ANEW(LawContract::aDrawDependsOnSeedAndNumberAlone),
        DRAWS_WITHOUT_SEED(LawContract::aDrawDependsOnSeedAndNumberAlone),
        DRAWS_IT_DEEMS_IMPOSSIBLE(LawContract::drawsAreRowsThatTheLawDeemsPossible),
        INFINITE_FAR_AWAY(LawContract::rowsFarAwayAreJudgedOrRefused),
        A_GAP_IS_A_NUMBER(LawContract::rowsWithGapsHaveAMarginalDensityOrAreRefused),
        A_NAME_TWICE(LawContract::columnsHaveNamesOfTheirOwnAndProvenanceIsTold);

        private final Consumer<LawContract> rule;

        Fault(Consumer<LawContract> rule) {
            this.rule = rule;
        }
    }

    /** Two independent standard normal numbers. */
    private record Normal(Fault fault) implements Law {
        private boolean has(Fault other) {
            return fault == other;
        }

        @Override
        public List<Column> columns() {
            return List.of(Column.real("a"), Column.real(has(Fault.A_NAME_TWICE) ? "a" : "b"));
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            double[] nats = new double[x.size()];
            for (int n = 0; n < nats.length; n++) {
                for (double value : x.row(n)) {
                    nats[n] -= Double.isNaN(value) ? 0 : (value * value + Math.log(2 * Math.PI)) / 2;
                }
                nats[n] += has(Fault.TWICE_THE_DENSITY) ? Math.log(2) : 0;
                nats[n] += has(Fault.SCORES_OF_A_BATCH) ? 1e-12 * x.size() : 0;
                nats[n] += has(Fault.SCORES_OF_THREADS) ? 1e-12 * run.threads() : 0;
                if (has(Fault.DRAWS_IT_DEEMS_IMPOSSIBLE) && x.get(0, n) > 1) {
                    nats[n] = Double.NEGATIVE_INFINITY;
                }
                if (has(Fault.INFINITE_FAR_AWAY) && x.get(0, n) > 1e20) {
                    nats[n] = Double.POSITIVE_INFINITY;
                }
                if (has(Fault.A_GAP_IS_A_NUMBER) && Arrays.stream(x.row(n)).anyMatch(Double::isNaN)) {
                    nats[n] = Double.NaN;
                }
            }
            if (has(Fault.ROWS_MODIFIED) && x.size() > 0) {
                x.set(0, 0, 0);
            }
            return new Scores(nats, 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            CounterRandom random = new CounterRandom(has(Fault.DRAWS_WITHOUT_SEED) ? 1 : run.seed());
            Points rows = Points.zeros(2, request.count());
            for (int n = 0; n < rows.size(); n++) {
                long number = n + (has(Fault.DRAWS_BEGIN_ANEW) ? 0 : request.first());
                for (int i = 0; i < 2; i++) {
                    rows.set(i, n, (has(Fault.WIDER_DRAWS) ? 1.2 : 1) * random.normal(number, i));
                }
            }
            return new Draws(rows, new Outcome(0, 0, 0));
        }

        @Override
        public Provenance provenance() {
            return new Provenance("normal", 0, List.of());
        }
    }

    private static LawContract contract(Fault fault) {
        return new LawContract() {
            @Override
            protected Law law() {
                return new Normal(fault);
            }
        };
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aFaultyLawFailsWhereItShouldAndARightOneDoesNot(Fault fault) {
        fault.rule.accept(contract(Fault.NONE));
        assertThrows(AssertionFailedError.class, () -> fault.rule.accept(contract(fault)));
    }

    /** By the sign of the first number; or by whether it is above the mean of its batch. */
    private record Sides(boolean batch, boolean forgets) implements Gate {
        @Override
        public String kind() {
            return "sides";
        }

        @Override
        public int cells() {
            return forgets ? 1 : 2;
        }

        @Override
        public Given give(Points rows) {
            double cut = batch ? Arrays.stream(rows.column(0)).average().orElse(0) : 0;
            int[] cells = new int[rows.size()];
            Arrays.setAll(cells, n -> rows.get(0, n) < cut ? 0 : 1);
            return new Given(cells, new double[cells.length]);
        }

        @Override
        public State state() {
            return State.of(Map.of("at", new double[] {0}));
        }
    }

    private static GateContract contract(Gate gate) {
        return new GateContract() {
            @Override
            protected Gate gate() {
                return gate;
            }

            @Override
            protected Points rows() {
                return Points.ofRows(new double[] {-3, 1}, new double[] {0.5, 1}, new double[] {4, 1});
            }
        };
    }

    @Test
    void gatesThatLookAtABatchOrLeaveTheirCellsFail() {
        contract(new Sides(false, false)).aRowGoesWhereItsValuesSayAlone();
        contract(new Sides(false, false)).everyRowGoesToACellWithAProbability();
        assertThrows(
                AssertionFailedError.class,
                () -> contract(new Sides(true, false)).aRowGoesWhereItsValuesSayAlone());
        assertThrows(
                AssertionFailedError.class,
                () -> contract(new Sides(false, true)).everyRowGoesToACellWithAProbability());
    }

    /** Every third row, with weights that should be 3, and a distortion that it makes up. */
    private static RowSamplerContract thirds(double weight) {
        return new RowSamplerContract() {
            @Override
            protected RowSampler sampler() {
                return (design, columns, count, random) -> {
                    int step = design.length / columns / count;
                    int first = (int) (step * random.uniform(0, 0));
                    int[] rows = new int[count];
                    double[] weights = new double[count];
                    Arrays.setAll(rows, k -> first + step * k);
                    Arrays.fill(weights, weight * step);
                    return new RowSampler.Sample(rows, weights, 0.1);
                };
            }
        };
    }

    @Test
    void samplersOfRowsThatWeighWronglyFail() {
        thirds(1).weightedSumsEstimateThoseOfAllRows();
        assertThrows(AssertionFailedError.class, () -> thirds(0.9).weightedSumsEstimateThoseOfAllRows());
        assertThrows(AssertionFailedError.class, () -> thirds(1).distortionIsTheLargestRelativeError());
    }
}
