package org.eigendrift.samplers.flow;

import java.util.Arrays;
import org.eigendrift.samplers.program.Lin;
import org.eigendrift.samplers.program.Tableau;

/**
 * A continuous extension of a Runge-Kutta method of s stages (Hairer, Norsett and Wanner, "Solving ordinary differential
 * equations I", 1993, section II.6): with theta in (0, 1), y_0 + h sum_j w_j(theta) k_j over the method's slopes k_1 ..
 * k_s, the slope k_{s+1} at the end of the step, and those of further stages, where the weights are the coefficients of
 * the k_j in
 *
 * <pre>theta (F_0 + (1 - theta) (F_1 + theta (F_2 + (1 - theta) (F_3 + theta (F_4 + ...)))))</pre>
 *
 * F_0 = sum b_j k_j, F_1 = k_1 - F_0 and F_2 = 2 F_0 - k_1 - k_{s+1} are Hermite's cubic; F_{3 + m} = sum_j d_mj k_j.
 *
 * <p>Written in slopes, not as a mean of the states at both ends, for one of these may have been wrapped around a circle.
 *
 * @param c nodes of the further stages, inside the step
 * @param a coefficients of the further stages, on all the slopes before
 * @param d rows of the terms beyond the cubic, on all slopes
 */
record DenseOutput(double[] c, double[][] a, double[][] d) {

    /** Order 4 (error h^5) for Dormand and Prince's 5(4), without further stages. */
    static final DenseOutput DOPRI5 = new DenseOutput(new double[0], new double[0][], new double[][] {
        {
            -12715105075. / 11282082432.,
            0,
            87487479700. / 32700410799.,
            -10690763975. / 1880347072.,
            701980252875. / 199316789632.,
            -1453857185. / 822651844.,
            69997945. / 29380423.
        }
    });

    /** Order 7 (error h^8) for DOP853, with three further stages; the coefficients of Hairer's CONTD8. */
    static final DenseOutput DOP853 = new DenseOutput(
            new double[] {0.1, 0.2, 7. / 9},
            new double[][] {
                {
                    0.056167502283047954,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    0.25350021021662483,
                    -0.2462390374708025,
                    -0.12419142326381637,
                    0.15329179827876568,
                    0.00820105229563469,
                    0.007567897660545699,
                    -0.008298
                },
                {
                    0.03183464816350214,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    0.028300909672366776,
                    0.053541988307438566,
                    -0.05492374857139099,
                    0.0,
                    0.0,
                    -0.00010834732869724932,
                    0.0003825710908356584,
                    -0.00034046500868740456,
                    0.1413124436746325
                },
                {
                    -0.42889630158379194,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    -4.697621415361164,
                    7.683421196062599,
                    4.06898981839711,
                    0.3567271874552811,
                    0.0,
                    0.0,
                    0.0,
                    -0.0013990241651590145,
                    2.9475147891527724,
                    -9.15095847217987
                }
            },
            new double[][] {
                {
                    -8.428938276109013,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    0.5667149535193777,
                    -3.0689499459498917,
                    2.38466765651207,
                    2.117034582445028,
                    -0.871391583777973,
                    2.2404374302607883,
                    0.6315787787694688,
                    -0.08899033645133331,
                    18.148505520854727,
                    -9.194632392478356,
                    -4.436036387594894
                },
                {
                    10.427508642579134,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    242.28349177525817,
                    165.20045171727028,
                    -374.5467547226902,
                    -22.113666853125306,
                    7.733432668472264,
                    -30.674084731089398,
                    -9.332130526430229,
                    15.697238121770845,
                    -31.139403219565178,
                    -9.35292435884448,
                    35.81684148639408
                },
                {
                    19.985053242002433,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    -387.0373087493518,
                    -189.17813819516758,
                    527.8081592054236,
                    -11.57390253995963,
                    6.8812326946963,
                    -1.0006050966910838,
                    0.7777137798053443,
                    -2.778205752353508,
                    -60.19669523126412,
                    84.32040550667716,
                    11.99229113618279
                },
                {
                    -25.69393346270375,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    -154.18974869023643,
                    -231.5293791760455,
                    357.6391179106141,
                    93.40532418362432,
                    -37.45832313645163,
                    104.0996495089623,
                    29.8402934266605,
                    -43.53345659001114,
                    96.32455395918828,
                    -39.17726167561544,
                    -149.72683625798564
                }
            });

    /**
     * Writes the further stages.
     *
     * @param y state where the step begins
     * @param from where it begins
     * @param to where it ends
     * @param stages slopes of the method's stages
     * @param last slope at the end of the step
     * @param slope dy/ds
     * @return all slopes, in the order of the weights
     */
    Lin[] slopes(Lin y, double from, double to, Lin[] stages, Lin last, Tableau.Slope slope) {
        double h = to - from;
        int known = stages.length + 1;
        Lin[] k = Arrays.copyOf(stages, known + c.length);
        k[stages.length] = last;
        for (int i = 0; i < c.length; i++) {
            Lin stage = y;
            for (int j = 0; j < known + i; j++) {
                stage = stage.plus(k[j].times(h * a[i][j]));
            }
            k[known + i] = slope.at(from + c[i] * h, stage);
        }
        return k;
    }

    /**
     * Writes the state inside a step.
     *
     * @param theta where, as a fraction of the step
     * @param y state where the step begins
     * @param h length of the step
     * @param b weights of the method
     * @param slopes all slopes
     * @return the state
     */
    Lin at(double theta, Lin y, double h, double[] b, Lin[] slopes) {
        Lin state = y;
        for (int j = 0; j < slopes.length; j++) {
            state = state.plus(slopes[j].times(h * weight(theta, b, j)));
        }
        return state;
    }

    private double weight(double theta, double[] b, int j) {
        double sum = 0;
        for (int m = d.length + 2; m >= 0; m--) {
            sum = (sum + coefficient(m, b, j)) * (m % 2 == 0 ? theta : 1 - theta);
        }
        return sum;
    }

    /** The coefficient of slope j in F_m. */
    private double coefficient(int m, double[] b, int j) {
        double weight = j < b.length ? b[j] : 0;
        double first = j == 0 ? 1 : 0;
        double last = j == b.length ? 1 : 0;
        return switch (m) {
            case 0 -> weight;
            case 1 -> first - weight;
            case 2 -> 2 * weight - first - last;
            default -> d[m - 3][j];
        };
    }
}
