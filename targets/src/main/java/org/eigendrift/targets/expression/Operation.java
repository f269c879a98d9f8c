package org.eigendrift.targets.expression;

import java.util.Locale;

/** Elementary operations of a formula, with their derivatives. */
enum Operation {
    /** a + b. */
    ADD(2),
    /** a - b. */
    SUBTRACT(2),
    /** a b. */
    MULTIPLY(2),
    /** a / b. */
    DIVIDE(2),
    /** a to the power b. */
    POW(2),
    /** The smaller; at a tie the derivative is that of the first. */
    MIN(2),
    /** The larger; at a tie the derivative is that of the first. */
    MAX(2),
    /** -a. */
    NEGATE(1),
    /** Absolute value; its derivative at 0 is 0. */
    ABS(1),
    /** Square root. */
    SQRT(1),
    /** Exponential. */
    EXP(1),
    /** exp(a) - 1. */
    EXPM1(1),
    /** Natural logarithm. */
    LOG(1),
    /** log(1 + a). */
    LOG1P(1),
    /** Sine. */
    SIN(1),
    /** Cosine. */
    COS(1),
    /** Tangent. */
    TAN(1),
    /** Inverse sine. */
    ASIN(1),
    /** Inverse cosine. */
    ACOS(1),
    /** Inverse tangent. */
    ATAN(1),
    /** Hyperbolic sine. */
    SINH(1),
    /** Hyperbolic cosine. */
    COSH(1),
    /** Hyperbolic tangent. */
    TANH(1);

    private final int arguments;

    Operation(int arguments) {
        this.arguments = arguments;
    }

    /** How many arguments it takes. */
    int arguments() {
        return arguments;
    }

    /** The name in formulas. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value; {@code b} is ignored by operations of one argument. */
    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case POW -> Math.pow(a, b);
            case MIN -> b < a ? b : a;
            case MAX -> b > a ? b : a;
            case NEGATE -> -a;
            case ABS -> Math.abs(a);
            case SQRT -> Math.sqrt(a);
            case EXP -> Math.exp(a);
            case EXPM1 -> Math.expm1(a);
            case LOG -> Math.log(a);
            case LOG1P -> Math.log1p(a);
            case SIN -> Math.sin(a);
            case COS -> Math.cos(a);
            case TAN -> Math.tan(a);
            case ASIN -> Math.asin(a);
            case ACOS -> Math.acos(a);
            case ATAN -> Math.atan(a);
            case SINH -> Math.sinh(a);
            case COSH -> Math.cosh(a);
            case TANH -> Math.tanh(a);
        };
    }

    /** The derivative by the first argument, given the value. */
    double first(double a, double b, double value) {
        return switch (this) {
            case ADD, SUBTRACT -> 1;
            case MULTIPLY -> b;
            case DIVIDE -> 1 / b;
            case POW -> b == 0 ? 0 : b * Math.pow(a, b - 1);
            case MIN -> b < a ? 0 : 1;
            case MAX -> b > a ? 0 : 1;
            case NEGATE -> -1;
            case ABS -> Math.signum(a);
            case SQRT -> 0.5 / value;
            case EXP -> value;
            case EXPM1 -> value + 1;
            case LOG -> 1 / a;
            case LOG1P -> 1 / (1 + a);
            case SIN -> Math.cos(a);
            case COS -> -Math.sin(a);
            case TAN -> 1 + value * value;
            case ASIN -> 1 / Math.sqrt((1 - a) * (1 + a));
            case ACOS -> -1 / Math.sqrt((1 - a) * (1 + a));
            case ATAN -> 1 / (1 + a * a);
            case SINH -> Math.cosh(a);
            case COSH -> Math.sinh(a);
            case TANH -> (1 - value) * (1 + value);
        };
    }

    /** The derivative by the second argument, given the value; 0 for operations of one argument. */
    double second(double a, double b, double value) {
        return switch (this) {
            case ADD -> 1;
            case SUBTRACT -> -1;
            case MULTIPLY -> a;
            case DIVIDE -> -value / b;
            case POW -> a > 0 ? value * Math.log(a) : a == 0 && b > 0 ? 0 : Double.NaN;
            case MIN -> b < a ? 1 : 0;
            case MAX -> b > a ? 1 : 0;
            case NEGATE, ABS, SQRT, EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, TANH -> 0;
        };
    }
}
