package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** Products of experts, geometric means and classifier-free guidance: the law q_1^{b_1} q_2^{b_2} ..., normalised. */
public final class Product implements GuidanceProvider<Product.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Product() {}

    /**
     * The options.
     *
     * @param exponents b
     */
    public record Options(
            @Option(
                    doc =
                            "exponents, that of the model first, then one for each further model: 1, 1 for the product, 0.5, 0.5 for"
                                    + " the geometric mean, w, 1 - w for guidance by the difference of two models",
                    value = "[1, 1]")
            List<Double> exponents) {}

    @Override
    public String name() {
        return "product";
    }

    @Override
    public String summary() {
        return "product of powers of several models";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        int models = 1 + context.others().size();
        if (models == 1 && options.exponents.size() > 1) {
            throw new InputException(
                    "product: there is one model alone; the command 'product' takes several model files,"
                            + " and temperature raises one to a power");
        }
        if (options.exponents.size() != models) {
            throw new InputException("product.exponents: expected one for each of " + models + " models, found "
                    + options.exponents.size());
        }
        double[] exponents =
                options.exponents.stream().mapToDouble(Double::doubleValue).toArray();
        return new Powers(name(), exponents, context.others());
    }
}
