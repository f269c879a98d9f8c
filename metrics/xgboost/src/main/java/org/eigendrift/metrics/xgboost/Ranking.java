package org.eigendrift.metrics.xgboost;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How well scores rank rows of a class before others. */
final class Ranking {
    private Ranking() {}

    /**
     * The area under the receiver operating characteristic: the probability that a row of the class has a higher score than another
     * row, ties counting half.
     *
     * @param scores of rows
     * @param inClass which of them are of the class
     * @return from 0 to 1; 0.5 if all rows are of the class, or none
     */
    static double area(double[] scores, boolean[] inClass) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> scores[n]))
                .mapToInt(n -> n)
                .toArray();
        double ranks = 0;
        long members = 0;
        for (int from = 0, to = 0; from < order.length; from = to) {
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            for (int k = from; k < to; k++) {
                if (inClass[order[k]]) {
                    ranks += (from + to + 1) / 2.0;
                    members++;
                }
            }
        }
        long others = order.length - members;
        return members == 0 || others == 0
                ? 0.5
                : (ranks - members * (members + 1) / 2.0) / ((double) members * others);
    }

    /** The standard error of the area where scores say nothing (Mann and Whitney 1947). */
    static double error(int members, int others) {
        return Math.sqrt((members + others + 1.0) / (12.0 * members * others));
    }
}
