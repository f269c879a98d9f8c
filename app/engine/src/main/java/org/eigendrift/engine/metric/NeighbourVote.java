package org.eigendrift.engine.metric;

import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;

/**
 * The vote of the nearest known rows, as many as the square root of their number (an odd number, so that no vote is
 * tied). All rows at the distance of the farthest voter vote, too.
 */
final class NeighbourVote implements ClassifierTwoSample.Classifier {
    private static final int BLOCK = 64;

    private final Parallel parallel;

    NeighbourVote(Parallel parallel) {
        this.parallel = parallel;
    }

    @Override
    public boolean[] classify(Points known, boolean[] second, Points unknown) {
        int voters = (int) Math.sqrt(known.size()) | 1;
        boolean[] answers = new boolean[unknown.size()];
        parallel.forEach((unknown.size() + BLOCK - 1) / BLOCK, block -> {
            double[] row = new double[known.size()];
            double[] scratch = new double[known.size()];
            for (int n = block * BLOCK; n < Math.min(unknown.size(), (block + 1) * BLOCK); n++) {
                SquaredDistances.fill(unknown, n, known, 0, row);
                System.arraycopy(row, 0, scratch, 0, row.length);
                double radius = Quantiles.select(scratch, voters - 1);
                int votes = 0;
                for (int k = 0; k < row.length; k++) {
                    if (row[k] <= radius) {
                        votes += second[k] ? 1 : -1;
                    }
                }
                answers[n] = votes > 0;
            }
        });
        return answers;
    }
}
