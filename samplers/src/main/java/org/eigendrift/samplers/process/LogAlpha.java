package org.eigendrift.samplers.process;

/** log alpha as a function of time: 0 at t = 0 and strictly decreasing. */
interface LogAlpha {

    /** log alpha_t. */
    double at(double t);

    /** d log alpha / dt. */
    double rate(double t);

    /** The time at which log alpha takes a value. */
    double time(double logAlpha);

    /** log alpha = -(beta_max - beta_min) t^2 / 4 - beta_min t / 2. */
    record LinearBeta(double betaMin, double betaMax) implements LogAlpha {
        @Override
        public double at(double t) {
            return -0.25 * t * t * (betaMax - betaMin) - 0.5 * t * betaMin;
        }

        @Override
        public double rate(double t) {
            return -0.5 * (betaMin + t * (betaMax - betaMin));
        }

        @Override
        public double time(double logAlpha) {
            // The positive root of (beta_max - beta_min) t^2 / 4 + beta_min t / 2 = c, without cancellation.
            double c = -logAlpha;
            double b = 0.5 * betaMin;
            return 2 * c / (b + Math.sqrt(b * b + c * (betaMax - betaMin)));
        }
    }

    /** alpha = cos(a (t + s)) / cos(a s), a = pi / (2 (1 + s)). */
    record Cosine(double shift) implements LogAlpha {
        private double scale() {
            return Math.PI / (2 * (1 + shift));
        }

        @Override
        public double at(double t) {
            double a = scale();
            double half = Math.sin(0.5 * a * t);
            // cos(u + v) / cos v - 1 = -2 sin^2(u / 2) - tan v sin u, exact near t = 0.
            return Math.log1p(-2 * half * half - Math.tan(a * shift) * Math.sin(a * t));
        }

        @Override
        public double rate(double t) {
            return -scale() * Math.tan(scale() * (t + shift));
        }

        @Override
        public double time(double logAlpha) {
            double a = scale();
            double v = a * shift;
            double w = Math.acos(Math.exp(logAlpha) * Math.cos(v));
            // cos v - cos w = 2 sin((w + v) / 2) sin((w - v) / 2): w - v without cancellation.
            double difference = -Math.expm1(logAlpha) * Math.cos(v);
            return 2 * Math.asin(difference / (2 * Math.sin(0.5 * (w + v)))) / a;
        }
    }

    /** Linear between the values of the discrete levels, level k at t = (k + 1) / N. */
    record Discrete(double[] levels) implements LogAlpha {

        /** Betas in arithmetic progression. */
        static Discrete of(int count, double betaStart, double betaEnd) {
            double[] levels = new double[count + 1];
            for (int k = 0; k < count; k++) {
                double beta = betaStart + (betaEnd - betaStart) * k / (count - 1);
                levels[k + 1] = levels[k] + 0.5 * Math.log1p(-beta);
            }
            return new Discrete(levels);
        }

        private int segment(double position) {
            return Math.min(Math.max((int) Math.floor(position), 0), levels.length - 2);
        }

        @Override
        public double at(double t) {
            double position = t * (levels.length - 1);
            int k = segment(position);
            return levels[k] + (position - k) * (levels[k + 1] - levels[k]);
        }

        @Override
        public double rate(double t) {
            int k = segment(t * (levels.length - 1));
            return (levels[k + 1] - levels[k]) * (levels.length - 1);
        }

        @Override
        public double time(double logAlpha) {
            int low = 0;
            int high = levels.length - 2;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (levels[middle + 1] <= logAlpha) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            double within = (logAlpha - levels[low]) / (levels[low + 1] - levels[low]);
            return (low + within) / (levels.length - 1);
        }
    }
}
