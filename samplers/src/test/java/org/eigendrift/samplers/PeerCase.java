package org.eigendrift.samplers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recorded case of a published implementation is called here.
 *
 * @param process the process block
 * @param sampler the sampler block
 * @param encode whether the sampler runs backwards
 * @param statesComparable whether the recorded states are the same states as ours; the final one always is
 */
record PeerCase(Map<String, Object> process, Map<String, Object> sampler, boolean encode, boolean statesComparable) {
    /** Cases that are not reproduced, and why. */
    static final Map<String, String> NOT_REPRODUCED = Map.ofEntries(
            Map.entry("DC-Solver__search_dc__n5", "a search by AdamW; ours is by golden sections"),
            Map.entry("DC-Solver__search_dc__n8", "a search by AdamW; ours is by golden sections"),
            Map.entry("k-diffusion__log_likelihood__fixed_v", "a likelihood, not a sampler"),
            Map.entry("diffusers__DDIM__linspace", "steps to another level than the next evaluation's"),
            Map.entry("diffusers__DDIM__trailing", "steps to another level than the next evaluation's"),
            Map.entry("diffusers__IPNDM__default", "starts at alpha = 0, where no process begins"),
            Map.entry("diffusers__KDPM2Ancestral__linspace", "evaluates at another level than the state's"));

    private static final Map<String, String> SKIP =
            Map.of("logSNR", "log-snr", "time_uniform", "uniform", "time_quadratic", "quadratic", "edm", "karras");

    /** Larger than any number of steps: falling orders at the end of every grid. */
    private static final int ALWAYS = 1_000_000;

    /**
     * The tolerance relative to max(1, |x|). A change of the score by one unit in the last place moves DPM-Solver-v3's
     * third-order results by up to 1e-8 (its statistics weigh differences of nearly equal outputs by e^{10}), so that
     * two roundings differ by 2e-8; everything else is conditioned to 1e-9.
     */
    static double tolerance(String name) {
        return name.startsWith("DPM-Solver-v3__o3") ? 2e-8 : 1e-9;
    }

    /** What the peer evaluates more than we do: its last step, of no length. */
    static int idleEvaluations(String name) {
        return name.endsWith("PNDM__prk")
                        || name.endsWith("PNDM__skip_prk")
                        || name.endsWith("EulerDiscrete__sigma_min")
                        || name.endsWith("DEISMultistep__o3_karras")
                        || name.endsWith("o3_karras_sigma_min")
                ? 1
                : 0;
    }

    private static Map<String, Object> block(Object... pairs) {
        Map<String, Object> block = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            block.put((String) pairs[i], pairs[i + 1]);
        }
        return block;
    }

    /** The configuration of a run, or why there is none. */
    static Optional<PeerCase> of(String name, JsonNode document, JsonNode run) {
        if (NOT_REPRODUCED.containsKey(name)) {
            return Optional.empty();
        }
        String peer = name.substring(0, name.indexOf("__"));
        String rest = name.substring(name.indexOf("__") + 2);
        JsonNode o = document.path("options");
        int steps = run.path("steps").asInt();
        return switch (peer) {
            case "dpm-solver" -> dpmSolver(rest, o, steps);
            case "UniPC" -> uniPc(o, steps);
            case "DC-Solver" -> dcSolver(o, run, steps);
            case "deis" -> deis(document, o, steps);
            case "k-diffusion" -> kDiffusion(rest, o, run, steps);
            case "smalldiffusion" -> gradientEstimation(o, run, steps);
            case "diffusers" -> diffusers(rest, o, run, steps);
            case "DPM-Solver-v3" -> version3(document, o, steps);
            case "reference" -> reference(document);
            case "own-corrected" -> corrected(rest, o, run, steps);
            default -> Optional.empty();
        };
    }

    private static Optional<PeerCase> vp(Map<String, Object> sampler) {
        return Optional.of(new PeerCase(block("type", "vp"), sampler, false, true));
    }

    private static Optional<PeerCase> dpmSolver(String rest, JsonNode o, int steps) {
        if (!o.has("algorithm_type")) {
            return Optional.empty();
        }
        String method = o.path("method").asText().replace('_', '-');
        Map<String, Object> s = block(
                "type",
                o.path("algorithm_type").asText().equals("dpmsolver") ? "dpm-solver" : "dpm-solver++",
                "order",
                o.path("order").asInt(),
                "method",
                method,
                "form",
                o.path("solver_type").asText().equals("taylor") ? "taylor" : "midpoint");
        if (method.equals("adaptive")) {
            s.put("rtol", o.path("rtol").asDouble());
            s.put("atol", o.path("atol").asDouble());
            s.put("control", "batch");
            s.put("as_published", !o.path("float_patch").asBoolean());
            return vp(s);
        }
        s.put("steps", steps);
        s.put(
                "grid",
                block(
                        "type",
                        SKIP.get(o.path("skip_type").asText()),
                        "end",
                        o.path("denoise_to_zero").asBoolean() ? "denoise" : "stop"));
        s.put("lower_order_final", o.path("lower_order_final").asBoolean(true) ? 10 : 0);
        s.put("as_published", true);
        PeerCase forward = vp(s).orElseThrow();
        return Optional.of(new PeerCase(forward.process, s, rest.contains("inverse"), true));
    }

    private static Optional<PeerCase> uniPc(JsonNode o, int steps) {
        return vp(block(
                "type",
                "unipc",
                "order",
                o.path("order").asInt(),
                "variant",
                o.path("variant").asText().replace('_', '-'),
                "prediction",
                o.path("algorithm_type").asText().replace("_prediction", ""),
                "steps",
                steps,
                "grid",
                block(
                        "type",
                        SKIP.get(o.path("skip_type").asText()),
                        "end",
                        o.path("denoise_to_zero").asBoolean() ? "denoise" : "stop"),
                "lower_order_final",
                o.path("lower_order_final").asBoolean() ? ALWAYS : 0,
                "as_published",
                true));
    }

    private static Optional<PeerCase> dcSolver(JsonNode o, JsonNode run, int steps) {
        if (!run.has("dc_ratios")) {
            return Optional.empty();
        }
        return vp(block(
                "type", "dc-solver",
                "order", o.path("order").asInt(),
                "variant", o.path("variant").asText(),
                "prediction", o.path("predict_x0").asBoolean() ? "data" : "noise",
                "dc_order", o.path("dc_order").asInt(),
                "ratios", numbers(run.path("dc_ratios")),
                "steps", steps,
                "grid", SKIP.get(o.path("skip_type").asText()),
                "lower_order_final", o.path("lower_order_final").asBoolean() ? ALWAYS : 0));
    }

    private static Optional<PeerCase> reference(JsonNode document) {
        Map<String, Object> s = block("type", "pf-ode", "method", "dop853", "rtol", 1e-12, "atol", 1e-13, "pilot", 64);
        boolean exploding = document.path("form").asText().equals("VE");
        // The exploding flow was integrated to sigma = 0.
        return Optional.of(new PeerCase(exploding ? ve(0, 10) : block("type", "vp"), s, false, false));
    }

    private static Optional<PeerCase> version3(JsonNode document, JsonNode o, int steps) {
        if (!o.has("skip_type")) {
            return Optional.empty();
        }
        Map<String, Object> s = block(
                "type", "dpm-solver-v3",
                "order", o.path("order").asInt(),
                "corrector", o.path("use_corrector").asBoolean(),
                "p_pseudo", o.path("p_pseudo").asBoolean(),
                "c_pseudo", o.path("c_pseudo").asBoolean(),
                "half", o.path("half").asBoolean(),
                "lower_order_final", o.path("lower_order_final").asBoolean(),
                "degenerated", o.path("degenerated").asBoolean(),
                "steps", steps,
                "grid", SKIP.get(o.path("skip_type").asText()));
        if (!o.path("degenerated").asBoolean()) {
            s.put("statistics", document.path("ems_file").asText());
        }
        boolean exploding = document.path("form").asText().equals("VE");
        return Optional.of(new PeerCase(exploding ? ve(0.02, 10) : block("type", "vp"), s, false, true));
    }

    private static Optional<PeerCase> deis(JsonNode document, JsonNode o, int steps) {
        if (!o.has("method")) {
            return Optional.empty();
        }
        Object grid = switch (o.path("ts_phase").asText()) {
            case "t" -> block("type", "quadratic", "power", o.path("ts_order").asDouble());
            case "rho" -> block("type", "karras", "rho", o.path("ts_order").asDouble());
            default -> "log-snr";
        };
        String method = o.path("method").asText();
        if (method.equals("ipndm")) {
            return vp(block("type", "pndm", "start", "ramp", "steps", steps, "grid", "uniform"));
        }
        Map<String, Object> s = block("type", "deis", "method", method.replace('_', '-'), "steps", steps, "grid", grid);
        if (method.equals("rho_rk")) {
            String rk = o.path("rk_method").asText();
            s.put(
                    "tableau",
                    Map.of(
                                    "1euler",
                                    "euler1",
                                    "2heun",
                                    "heun2",
                                    "3heun",
                                    "heun3",
                                    "3kutta",
                                    "kutta3",
                                    "3ral",
                                    "ralston3",
                                    "3ssprk",
                                    "ssp3",
                                    "3vdh",
                                    "houwen3",
                                    "4rk",
                                    "rk4")
                            .get(rk));
        } else {
            s.put("order", o.path("ab_order").asInt());
            s.put(
                    "as_published",
                    !document.path("coefficient_quadrature").asText().startsWith("exact"));
        }
        return vp(s);
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(n -> numbers.add(n.asDouble()));
        return numbers;
    }

    private static Map<String, Object> ve(double least, double largest) {
        return block("type", "ve", "sigma_min", least, "sigma_max", largest);
    }

    private static Object schedule(JsonNode o, String end) {
        return switch (o.path("schedule").asText()) {
            case "karras" -> block("type", "karras", "end", end);
            case "exponential", "exponential without final 0" -> block("type", "exponential", "end", end);
            case "polyexponential_rho2" -> block("type", "polyexponential", "rho", 2, "end", end);
            default -> block("type", "vp-time", "end", end);
        };
    }

    private static Optional<PeerCase> kDiffusion(String rest, JsonNode o, JsonNode run, int steps) {
        if (!rest.startsWith("sample_")) {
            return Optional.empty();
        }
        String method = rest.substring("sample_".length(), rest.indexOf("__"));
        boolean vpTime = o.path("schedule").asText().equals("vp");
        List<Double> sigmas = numbers(run.path("sigmas"));
        Map<String, Object> process = vpTime ? ve(sigmas.get(sigmas.size() - 2), sigmas.get(0)) : ve(0.02, 10);
        Map<String, Object> s = block("type", "", "steps", steps, "grid", schedule(o, "zero"));
        double eta = o.path("eta").asDouble(method.contains("ancestral") || method.contains("sde") ? 1 : 0);
        boolean states = true;
        switch (method) {
            case "euler", "heun", "dpm_2" -> {
                s.put(
                        "type",
                        Map.of("euler", "edm-euler", "heun", "edm-heun", "dpm_2", "dpm2")
                                .get(method));
                if (o.has("s_churn")) {
                    s.put("s_churn", o.path("s_churn").asDouble());
                    s.put("s_tmin", o.path("s_tmin").asDouble());
                    s.put("s_tmax", o.path("s_tmax").asDouble());
                    s.put("s_noise", o.path("s_noise").asDouble());
                    states = false;
                }
            }
            case "lms" -> {
                s.put("type", "lms");
                s.put("order", o.path("order").asInt());
            }
            case "euler_ancestral", "dpm_2_ancestral", "dpmpp_2s_ancestral", "dpmpp_sde" -> {
                s.put("type", "ancestral");
                s.put(
                        "method",
                        Map.of(
                                        "euler_ancestral",
                                        "euler",
                                        "dpm_2_ancestral",
                                        "dpm2",
                                        "dpmpp_2s_ancestral",
                                        "dpmpp-2s",
                                        "dpmpp_sde",
                                        "dpmpp-sde")
                                .get(method));
                s.put("eta", eta);
                s.put("s_noise", o.path("s_noise").asDouble(1));
                s.put("r", o.path("r").asDouble(0.5));
            }
            case "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde" -> {
                s.put("type", "dpm-solver++");
                s.put("order", method.contains("3m") ? 3 : 2);
                s.put("eta", eta);
                s.put(
                        "form",
                        method.contains("3m") || o.path("solver_type").asText().equals("heun") ? "taylor" : "midpoint");
                s.put("lower_order_final", 0);
                s.put("as_published", method.contains("3m"));
            }
            case "dpm_fast" -> {
                s.putAll(block("type", "dpm-solver", "method", "fast", "order", 3, "eta", eta, "grid", "log-snr"));
            }
            case "dpm_adaptive" -> {
                s.remove("steps");
                s.putAll(block("type", "dpm-solver", "method", "adaptive-pid", "control", "batch", "grid", "log-snr"));
                for (String key :
                        List.of("rtol", "atol", "eta", "pcoeff", "icoeff", "dcoeff", "h_init", "accept_safety")) {
                    s.put(key, o.path(key).asDouble());
                }
                s.put("order", o.path("order").asInt());
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new PeerCase(process, s, false, states));
    }

    private static Optional<PeerCase> gradientEstimation(JsonNode o, JsonNode run, int steps) {
        if (!o.has("gam")) {
            return Optional.empty();
        }
        boolean ddpm = o.path("schedule").asText().equals("ScheduleDDPM");
        Map<String, Object> s = block(
                "type",
                "gradient-estimation",
                "gam",
                o.path("gam").asDouble(),
                "mu",
                o.path("mu").asDouble(),
                "steps",
                steps,
                "grid",
                ddpm ? block("type", "timesteps", "spacing", "subsample", "end", "stop") : "log-linear");
        return Optional.of(new PeerCase(ddpm ? table() : ve(0.02, 10), s, false, true));
    }

    /** The variance-exploding process over the levels of the discrete schedule: 1000 betas from 0.0001 to 0.02. */
    private static Map<String, Object> table() {
        double log = 0;
        double first = 0;
        for (int k = 0; k < 1000; k++) {
            log += Math.log1p(-(0.0001 + (0.02 - 0.0001) * k / 999));
            first = k == 0 ? log : first;
        }
        return ve(Math.sqrt(Math.expm1(-first)), Math.sqrt(Math.expm1(-log)));
    }

    private static Object grid(JsonNode o, boolean exploding, String fallback) {
        String end = o.path("final_sigmas_type").asText(fallback).equals("zero") ? "zero" : "stop";
        if (o.path("use_karras_sigmas").asBoolean()) {
            // Karras levels end at the table's last, which final_sigmas_type: sigma_min appends once more.
            return block("type", "karras", "end", end.equals("stop") ? "repeat" : end);
        }
        if (o.path("use_exponential_sigmas").asBoolean()
                || o.path("use_lu_lambdas").asBoolean()) {
            return block("type", "log-snr", "end", end);
        }
        String spacing = o.path("timestep_spacing").asText("linspace");
        boolean open = !exploding && !spacing.equals("trailing");
        return block(
                "type",
                "timesteps",
                "spacing",
                open ? spacing + "-open" : spacing,
                "round",
                !exploding || !spacing.equals("linspace"),
                "end",
                end);
    }

    private static Optional<PeerCase> diffusers(String rest, JsonNode o, JsonNode run, int steps) {
        String scheduler = rest.substring(0, Math.max(0, rest.indexOf("__")));
        Map<String, Object> discrete = block("type", "vp", "schedule", "discrete");
        Map<String, Object> leading = block(
                "type",
                "timesteps",
                "spacing",
                "leading",
                "offset",
                o.path("steps_offset").asInt(0),
                "end",
                "zero");
        Map<String, Object> s = block("type", "", "steps", steps);
        boolean data = !o.path("algorithm_type").asText("dpmsolver++").matches("(sde-)?dpmsolver|noise_prediction");
        switch (scheduler) {
            case "DDIM" -> {
                if (rest.contains("linspace") || rest.contains("trailing")) {
                    return Optional.empty();
                }
                if (!o.path("set_alpha_to_one").asBoolean(true)) {
                    leading.put("end", "stop");
                }
                s.putAll(block(
                        "type",
                        "ddim",
                        "grid",
                        leading,
                        "eta",
                        rest.contains("eta0.5") ? 0.5 : rest.contains("eta1") ? 1 : 0));
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "DDPM" -> {
                s.putAll(block(
                        "type",
                        "ddpm",
                        "grid",
                        leading,
                        "variance",
                        o.path("variance_type").asText().replace('_', '-')));
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "PNDM" -> {
                leading.put("end", o.path("set_alpha_to_one").asBoolean() ? "zero" : "stop");
                s.putAll(block(
                        "type",
                        "pndm",
                        "grid",
                        leading,
                        "start",
                        o.path("skip_prk_steps").asBoolean() ? "plms" : "runge-kutta"));
                return Optional.of(new PeerCase(discrete, s, false, false));
            }
            case "DPMSolverMultistep" -> {
                s.putAll(block(
                        "type",
                        data ? "dpm-solver++" : "dpm-solver",
                        "order",
                        o.path("solver_order").asInt(2),
                        "grid",
                        listIfBeta(o, run, grid(o, false, "zero")),
                        "form",
                        o.path("solver_type").asText().equals("heun") ? "taylor" : "midpoint",
                        "eta",
                        o.path("algorithm_type").asText().startsWith("sde") ? 1 : 0,
                        "lower_order_final",
                        o.path("lower_order_final").asBoolean(true) ? 15 : 0,
                        "euler_at_final",
                        o.path("euler_at_final").asBoolean(),
                        "as_published",
                        true));
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "DPMSolverSinglestep" -> {
                boolean heun = o.path("solver_type").asText().equals("heun");
                s.putAll(block(
                        "type",
                        data ? "dpm-solver++" : "dpm-solver",
                        "order",
                        o.path("solver_order").asInt(2),
                        "method",
                        o.path("lower_order_final").asBoolean() ? "singlestep" : "singlestep-fixed",
                        "grid",
                        grid(o, false, "zero"),
                        "form",
                        heun ? "taylor" : "midpoint",
                        "inner_form",
                        heun ? "taylor" : "midpoint",
                        "inner_nodes",
                        "grid",
                        "eta",
                        o.path("algorithm_type").asText().startsWith("sde") ? 1 : 0,
                        "as_published",
                        true));
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "DEISMultistep" -> {
                s.putAll(block(
                        "type",
                        "deis",
                        "method",
                        "log-rho-ab",
                        "order",
                        o.path("solver_order").asInt() - 1,
                        "grid",
                        grid(o, false, "sigma_min"),
                        "lower_order_final",
                        15));
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "UniPCMultistep" -> {
                s.putAll(block(
                        "type",
                        "unipc",
                        "order",
                        o.path("solver_order").asInt(2),
                        "variant",
                        o.path("solver_type").asText("bh2"),
                        "prediction",
                        o.path("predict_x0").asBoolean(true) ? "data" : "noise",
                        "grid",
                        grid(o, false, "zero"),
                        "lower_order_final",
                        o.path("lower_order_final").asBoolean(true) ? ALWAYS : 0));
                if (o.has("disable_corrector")) {
                    List<Integer> off = new ArrayList<>();
                    o.path("disable_corrector").forEach(n -> off.add(n.asInt()));
                    s.put("disable_corrector", off);
                }
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "SASolver" -> {
                double tau = rest.contains("default") ? 1 : rest.contains("0.7") ? 0.7 : 0;
                s.putAll(block(
                        "type",
                        "sa-solver",
                        "predictor_order",
                        o.path("predictor_order").asInt(),
                        "corrector_order",
                        o.path("corrector_order").asInt(),
                        "tau",
                        tau,
                        "prediction",
                        data ? "data" : "noise",
                        "grid",
                        grid(o, false, "sigma_min")));
                if (rest.contains("default")) {
                    // Levels 200 to 800, level k being the time (k + 1) / 1000.
                    s.put("tau_from", 0.2005);
                    s.put("tau_to", 0.8015);
                }
                return Optional.of(new PeerCase(discrete, s, false, true));
            }
            case "EDMEuler", "EDMDPMSolverMultistep" -> {
                boolean exponential = o.path("sigma_schedule").asText().equals("exponential");
                s.put("grid", block("type", exponential ? "exponential" : "karras", "end", "zero"));
                if (scheduler.equals("EDMEuler")) {
                    s.put("type", "edm-euler");
                } else {
                    s.putAll(block(
                            "type",
                            "dpm-solver++",
                            "order",
                            o.path("solver_order").asInt(),
                            "lower_order_final",
                            15,
                            "as_published",
                            true));
                }
                return Optional.of(new PeerCase(ve(0.02, 10), s, false, true));
            }
            case "EulerDiscrete",
                    "HeunDiscrete",
                    "KDPM2Discrete",
                    "LMSDiscrete",
                    "EulerAncestral",
                    "KDPM2Ancestral",
                    "DPMSolverSDE" -> {
                s.put("grid", grid(o, true, "zero"));
                s.putAll(
                        switch (scheduler) {
                            case "EulerDiscrete" -> block("type", "edm-euler");
                            case "HeunDiscrete" -> block("type", "edm-heun");
                            case "KDPM2Discrete" -> block("type", "dpm2");
                            case "LMSDiscrete" -> block("type", "lms", "order", 4);
                            case "EulerAncestral" -> block("type", "ancestral", "method", "euler");
                            case "KDPM2Ancestral" -> block("type", "ancestral", "method", "dpm2");
                            default -> block("type", "ancestral", "method", "dpmpp-sde");
                        });
                if (rest.contains("churn")) {
                    s.putAll(block("s_churn", 4, "s_tmin", 0.05, "s_tmax", 5, "s_noise", 1.003, "as_published", true));
                }
                return Optional.of(new PeerCase(table(), s, false, true));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private static Object listIfBeta(JsonNode o, JsonNode run, Object grid) {
        if (!o.path("use_beta_sigmas").asBoolean()) {
            return grid;
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < run.path("sigmas").size(); i++) {
            ratios.add(run.path("sigmas").get(i).asDouble()
                    / run.path("alphas").get(i).asDouble());
        }
        return block("type", "list", "sigmas", ratios);
    }

    private static Optional<PeerCase> corrected(String rest, JsonNode o, JsonNode run, int steps) {
        if (rest.startsWith("unipc")) {
            Map<String, Object> s = uniPc(o, steps).orElseThrow().sampler;
            s.put("as_published", false);
            return vp(s);
        }
        if (rest.startsWith("dpmpp_3m")) {
            List<Double> sigmas = numbers(run.path("sigmas"));
            return Optional.of(new PeerCase(
                    ve(sigmas.get(sigmas.size() - 1), sigmas.get(0)),
                    block(
                            "type",
                            "dpm-solver++",
                            "order",
                            3,
                            "form",
                            "taylor",
                            "lower_order_final",
                            0,
                            "grid",
                            block("type", "list", "sigmas", sigmas)),
                    false,
                    true));
        }
        Map<String, Object> s = dpmSolver(rest, o, steps).orElseThrow().sampler;
        s.put("as_published", false);
        return vp(s);
    }
}
