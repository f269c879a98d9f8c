package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

/** Guided models that are models, and some that are not: from T = 3 on, seen from 0.01. */
class GuidanceCheckTest {
    private static final ScoreModel MODEL = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);

    /** Gives what it is told to give, whatever the model. */
    private record Told(GuidedScoreModel guided) implements Guidance {
        @Override
        public Optional<String> refusal(ScoreModel model) {
            return Optional.empty();
        }

        @Override
        public GuidedScoreModel guide(ScoreModel model) {
            return guided;
        }
    }

    private static String fault(GuidedScoreModel guided) {
        return assertThrows(PluginException.class, () -> GuidanceCheck.guide(new Told(guided), MODEL))
                .getMessage();
    }

    /** It is looked at where the model begins and in the middle of the times' logarithms. */
    @Test
    void aRightModelPasses() {
        TreeSet<Double> times = new TreeSet<>();
        GuidedScoreModel guided = new Steered(MODEL) {
            @Override
            double logRatio(double t, double right) {
                times.add(t);
                return right;
            }
        };
        assertSame(guided, GuidanceCheck.guide(new Told(guided), MODEL));
        double horizon = MODEL.process().horizon();
        assertEquals(2, times.size());
        assertEquals(horizon, times.last());
        assertEquals(Math.sqrt(horizon * MODEL.process().earliest()), times.first(), 1e-15);
    }

    @Test
    void itStandsOnTheModelsProcessAndTheInnermostModel() {
        assertTrue(fault(null).contains("returned null for a guided model; expected one on the model's process"));
        ScoreModel other = Models.arbitrary(List.of("hermite", "mean-field"), 2, 2);
        assertTrue(fault(new Steered(other)).contains("or of another process"), fault(new Steered(other)));
        GuidedScoreModel silent = new Steered(MODEL) {
            @Override
            public Evaluator evaluator() {
                return null;
            }
        };
        assertTrue(fault(silent).contains("a guided model without evaluator"));
        GuidedScoreModel twice = new Steered(new Steered(MODEL)) {
            @Override
            public ScoreModel base() {
                return this;
            }
        };
        assertTrue(fault(twice).contains("the base of its guided model is not the innermost model"));
        GuidedScoreModel inner = new Steered(MODEL);
        GuidedScoreModel outer = new Steered(inner);
        assertSame(outer, GuidanceCheck.guide(new Told(outer), inner));
    }

    @Test
    void scoreAndVelocityAreFinite() {
        String score = fault(new Steered(MODEL) {
            @Override
            double score(double t, double right) {
                return Double.NaN;
            }
        });
        assertTrue(score.contains("coordinate 1 of its score is NaN and of its velocity"), score);
        String velocity = fault(new Steered(MODEL) {
            @Override
            double velocity(double t, double right) {
                return t < 1 ? Double.POSITIVE_INFINITY : right;
            }
        });
        assertTrue(velocity.contains("and of its velocity Infinity; expected finite numbers"), velocity);
    }

    /** A hundred-thousandth of a number of about 1 is seen, a ten-millionth is rounding. */
    @Test
    void theVelocityIsThatOfTheScore() {
        for (double off : new double[] {1e-4, -1e-4}) {
            String velocity = fault(new Steered(MODEL) {
                @Override
                double velocity(double t, double right) {
                    return right + off;
                }
            });
            assertTrue(velocity.contains("coordinate 1 of its velocity is"), velocity);
            String score = fault(new Steered(MODEL) {
                @Override
                double score(double t, double right) {
                    return right + off;
                }
            });
            assertTrue(score.contains("; its score makes it"), score);
        }
        GuidedScoreModel rounded = new Steered(MODEL) {
            @Override
            double velocity(double t, double right) {
                return right + 1e-7;
            }
        };
        assertSame(rounded, GuidanceCheck.guide(new Told(rounded), MODEL));
    }

    @Test
    void theTwistIsWhatTheLogDensityHasMore() {
        for (double off : new double[] {1e-3, -1e-3}) {
            String ratio = fault(new Steered(MODEL) {
                @Override
                double logRatio(double t, double right) {
                    return right + off;
                }
            });
            assertTrue(ratio.contains("between points 1 and 3 the log-density changes by"), ratio);
            String twist = fault(new Steered(MODEL) {
                @Override
                double logTwist(double t, double right) {
                    return t < 1 ? right + off : right;
                }
            });
            assertTrue(twist.contains("and those of the model and of its twist by"), twist);
        }
        for (boolean density : new boolean[] {true, false}) {
            String nan = fault(new Steered(MODEL) {
                @Override
                double logRatio(double t, double right) {
                    return density ? Double.NaN : right;
                }

                @Override
                double logTwist(double t, double right) {
                    return density ? right : Double.NaN;
                }
            });
            assertTrue(nan.contains("the twist of point 3 is") && nan.endsWith("; expected numbers"), nan);
        }
        // A density of nought may be anything times nought.
        GuidedScoreModel nought = new Steered(MODEL) {
            @Override
            double logTwist(double t, double right) {
                return Double.NEGATIVE_INFINITY;
            }
        };
        assertSame(nought, GuidanceCheck.guide(new Told(nought), MODEL));
    }
}
