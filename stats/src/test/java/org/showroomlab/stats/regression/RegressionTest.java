package org.showroomlab.stats.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.apache.commons.math3.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.regression.LinearRegression.Errors;

class RegressionTest {

    /** R lm and sandwich::vcovHC on a log-log demand model. */
    @Test
    void linearAgreesWithR() {
        for (JsonNode c : Oracles.peer("r_elasticity_ols")) {
            JsonNode in = c.get("input");
            double[] p = doubles(in.get("log_p"));
            double[] income = doubles(in.get("income"));
            double[][] rows = new double[p.length][];
            for (int i = 0; i < p.length; i++) {
                String store = in.get("store").get(i).asText();
                rows[i] = new double[] {1, p[i], income[i], store.equals("b") ? 1 : 0, store.equals("c") ? 1 : 0};
            }
            LinearRegression fit =
                    LinearRegression.fit(rows, doubles(in.get("log_q"))).orElseThrow();
            JsonNode expected = c.get("expected");
            close(fit.coefficients(), expected.get("coef"));
            close(fit.stdErrors(Errors.CLASSICAL), expected.get("se_ols"));
            close(fit.stdErrors(Errors.HC0), expected.get("se_HC0"));
            close(fit.stdErrors(Errors.HC1), expected.get("se_HC1"));
            close(fit.stdErrors(Errors.HC2), expected.get("se_HC2"));
            close(fit.stdErrors(Errors.HC3), expected.get("se_HC3"));
            assertThat(fit.df()).isEqualTo(expected.get("df").asInt());
        }
    }

    /** R estimatr::lm_robust (HC2) and sandwich: ANCOVA and Lin's adjustment, exactly, from rows. */
    @Test
    void adjustmentFromRows() {
        JsonNode o = Oracles.method("cuped.ancova");
        LinearRegression fit = ancova(o.get("inputs"), "z", false);
        assertThat(fit.coefficients()[1]).isCloseTo(o.get("expected").get("ate").asDouble(), within(1e-9));
        assertThat(fit.coefficients()[2])
                .isCloseTo(o.get("expected").get("theta").asDouble(), within(1e-9));
        assertThat(fit.stdErrors(Errors.HC2)[1])
                .isCloseTo(o.get("expected").get("se").asDouble(), within(1e-9));
        for (JsonNode c : Oracles.peer("r_regression_adjustment")) {
            JsonNode r = c.get("expected");
            assertThat(ancova(c.get("input"), "treat", false).stdErrors(Errors.HC2)[1])
                    .isCloseTo(r.get("ancova").get("se_HC2").asDouble(), within(1e-9));
            LinearRegression lin = ancova(c.get("input"), "treat", true);
            assertThat(lin.coefficients()[1])
                    .isCloseTo(r.get("lin_interacted").get("est").asDouble(), within(1e-9));
            assertThat(lin.stdErrors(Errors.HC2)[1])
                    .isCloseTo(r.get("lin_interacted").get("se_HC2").asDouble(), within(1e-9));
        }
    }

    private static LinearRegression ancova(JsonNode in, String arm, boolean interacted) {
        double[] x = doubles(in.get("x"));
        double[] z = doubles(in.get(arm));
        double centre = Arrays.stream(x).average().orElseThrow();
        double[][] rows = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            double cx = x[i] - centre;
            rows[i] = interacted ? new double[] {1, z[i], cx, cx * z[i]} : new double[] {1, z[i], cx};
        }
        return LinearRegression.fit(rows, doubles(in.get("y"))).orElseThrow();
    }

    /** R glm and sandwich. */
    @Test
    void generalizedAgreesWithR() {
        for (JsonNode c : Oracles.peer("r_glm")) {
            JsonNode in = c.get("input");
            double[] x = doubles(in.get("x"));
            double[] treat = doubles(in.get("treat"));
            double[][] rows = new double[x.length][];
            double[] ones = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                rows[i] = new double[] {1, x[i], treat[i]};
                ones[i] = 1;
            }
            Family family = switch (in.get("family").asText()) {
                case "logit" -> Family.BINOMIAL_LOGIT;
                case "probit" -> Family.BINOMIAL_PROBIT;
                default -> Family.POISSON;
            };
            GeneralizedLinearModel fit = GeneralizedLinearModel.fit(rows, doubles(in.get("y")), ones, family)
                    .orElseThrow();
            close(fit.coefficients(), c.get("expected").get("coef"));
            for (int i = 0; i < 3; i++) {
                // R's probit information is the expected one, as here
                assertThat(fit.stdError(i))
                        .isCloseTo(c.get("expected").get("se").get(i).asDouble(), within(1e-6));
                if (family != Family.BINOMIAL_PROBIT) {
                    assertThat(fit.robustStdError(i))
                            .isCloseTo(c.get("expected").get("se_HC0").get(i).asDouble(), within(1e-6));
                }
            }
        }
    }

    /** Venables and Ripley, MASS dose.p: the dose at which a share responds, and its delta-method error. */
    @Test
    void doseAtAShare() {
        JsonNode o = Oracles.method("pr.dosep");
        double[][] rows = new double[12][];
        double[] y = new double[12];
        double[] n = new double[12];
        for (int i = 0; i < 12; i++) {
            boolean female = i < 6;
            rows[i] = new double[] {female ? 1 : 0, female ? 0 : 1, i % 6};
            y[i] = o.get("inputs").get(female ? "dead_F" : "dead_M").get(i % 6).asDouble() / 20;
            n[i] = 20;
        }
        GeneralizedLinearModel fit =
                GeneralizedLinearModel.fit(rows, y, n, Family.BINOMIAL_LOGIT).orElseThrow();
        close(fit.coefficients(), o.get("expected").get("coef"));
        double slope = fit.coefficients()[2];
        for (int k = 0; k < 3; k++) {
            double share = (k + 1) / 4.0;
            double dose = (Math.log(share / (1 - share)) - fit.coefficients()[0]) / slope;
            double[] gradient = {-1 / slope, -dose / slope};
            double variance = gradient[0] * gradient[0] * fit.covariance(0, 0)
                    + 2 * gradient[0] * gradient[1] * fit.covariance(0, 2)
                    + gradient[1] * gradient[1] * fit.covariance(2, 2);
            assertThat(dose).isCloseTo(o.get("expected").get("dose").get(k).asDouble(), within(1e-6));
            assertThat(Math.sqrt(variance))
                    .isCloseTo(o.get("expected").get("se").get(k).asDouble(), within(1e-6));
        }
    }

    @Test
    void edges() {
        double[][] same = MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {1, 2}, {1, 2}})
                .getData();
        assertThat(LinearRegression.fit(same, new double[] {1, 2, 3}).code()).contains("not_enough_data");
        assertThat(GeneralizedLinearModel.fit(
                                same, new double[] {0.1, 0.2, 0.3}, new double[] {9, 9, 9}, Family.BINOMIAL_LOGIT)
                        .code())
                .contains("not_enough_data");
        double[][] separated = {{1, 0}, {1, 1}};
        assertThat(GeneralizedLinearModel.fit(
                                separated, new double[] {0, 1}, new double[] {9, 9}, Family.BINOMIAL_LOGIT)
                        .value())
                .isEmpty();
        double[][] rows = {{1, 5}, {1, 6}, {1, 7}};
        assertThat(GeneralizedLinearModel.fit(
                                rows, new double[] {1, 1, 0}, new double[] {9, 9, 9}, Family.BINOMIAL_LOGIT)
                        .code())
                .contains("no_convergence");
    }

    private static void close(double[] actual, JsonNode expected) {
        assertThat(actual).containsExactly(doubles(expected), within(1e-7));
    }
}
