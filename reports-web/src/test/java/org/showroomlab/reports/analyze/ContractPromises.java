package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What section 6 of the contract promises of every analysis: its keys, and the shapes of its answers. */
final class ContractPromises {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final String COVARIATE = "'control':{'n':4,'sum':11,'sum_squares':39,'x_sum':9,'x_sum_squares':25,"
            + "'xy_sum':31},'treatment':{'n':5,'sum':20,'sum_squares':90,'x_sum':13,'x_sum_squares':39,'xy_sum':59}";
    static final String MEANS =
            "'control':{'n':4,'sum':11,'sum_squares':39},'treatment':{'n':5,'sum':20,'sum_squares':90}";
    static final String SHARES = "'control':{'n':90,'successes':20},'treatment':{'n':95,'successes':35}";
    static final String TEN_CLUSTERS =
            "'n':[5,4,6,5,5,3,7,5,4,6],'sum':[13,8,13,11,12,6,15,12,8,14]," + "'arm':[1,0,1,0,0,1,1,0,1,0]";
    private static final String TWO_CURVES = "'arms':[{'time':[1,2,2,4,5,6,7,9],'status':[1,2,1,0,1,2,1,0]},"
            + "{'time':[2,3,4,5,7,8,9,9],'status':[1,0,2,1,1,1,2,0]}]";

    private ContractPromises() {}

    /**
     * One promise of the contract.
     *
     * @param item a request that keeps it
     * @param read its input keys, as JSON pointers
     * @param answered the output keys, as JSON pointers, each with its shape
     */
    record Promise(String item, List<String> read, List<String> answered) {

        AnalysisType type() {
            return AnalysisType.valueOf(request().get("type").asText().toUpperCase(Locale.ROOT));
        }

        ObjectNode request() {
            try {
                return (ObjectNode) JSON.readTree(item.replace('\'', '"'));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return item;
        }
    }

    private static Promise promise(String item, String read, String... answered) {
        return new Promise(item, read.isEmpty() ? List.of() : List.of(read.split(" ", -1)), List.of(answered));
    }

    /** An EFFECT with df, or one of a normal reference without. */
    private static String[] effects(String[] others, String... pointers) {
        List<String> all = new ArrayList<>(Arrays.asList(others));
        for (String pointer : pointers) {
            boolean student = pointer.endsWith(":t");
            String at = student ? pointer.substring(0, pointer.length() - 2) : pointer;
            Stream.of("/estimate number", "/std_error number", "/ci interval", "/p_value probability")
                    .map(key -> at + key)
                    .forEach(all::add);
            all.add(at + "/df " + (student ? "number" : "absent"));
        }
        return all.toArray(String[]::new);
    }

    private static final String[] ARMS = {
        "/control/n number",
        "/control/estimate number",
        "/control/std_error number",
        "/treatment/n number",
        "/treatment/estimate number",
        "/treatment/std_error number",
    };

    private static String[] plus(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    static List<Promise> all() {
        String sums = "/control/n /control/sum /control/sum_squares /treatment/n /treatment/sum /treatment/sum_squares";
        String shares = "/control/n /control/successes /treatment/n /treatment/successes";
        String covariates = sums + " /control/x_sum /control/x_sum_squares /control/xy_sum"
                + " /treatment/x_sum /treatment/x_sum_squares /treatment/xy_sum";
        String ratio = Stream.of("control", "treatment")
                .flatMap(arm -> Stream.of("n", "num_sum", "num_sum_squares", "den_sum", "den_sum_squares", "cross_sum")
                        .map(key -> "/" + arm + "/" + key))
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
        return List.of(
                promise("{'type':'mean'," + MEANS + "}", "/type " + sums, effects(ARMS, "/difference:t", "/relative")),
                promise(
                        "{'type':'mean','alpha':0.2,'alternative':'greater','relative_method':'fieller'," + MEANS + "}",
                        "/alpha /alternative /relative_method",
                        plus(ARMS, "/difference/ci open_high", "/relative/ci open_high")),
                promise(
                        "{'type':'mean','alternative':'less'," + MEANS + "}",
                        "/alternative",
                        "/difference/ci open_low",
                        "/relative/ci open_low"),
                promise(
                        "{'type':'mean','relative_method':'wald'," + MEANS + "}",
                        "/relative_method",
                        effects(ARMS, "/difference:t", "/relative:t")),
                promise(
                        "{'type':'mean','adjust':'pooled'," + COVARIATE + "}",
                        "/adjust " + covariates,
                        effects(ARMS, "/difference:t", "/relative", "/adjusted:t")),
                promise(
                        "{'type':'mean','adjust':'lin'," + COVARIATE + "}",
                        covariates,
                        effects(ARMS, "/difference:t", "/relative", "/adjusted:t")),
                promise("{'type':'mean'," + COVARIATE + "}", covariates, effects(ARMS, "/adjusted:t")),
                promise(
                        "{'type':'proportion'," + SHARES + "}",
                        shares,
                        effects(plus(ARMS, "/fisher_p_value probability"), "/difference", "/relative")),
                promise(
                        "{'type':'proportion','ci_method':'wald','alternative':'greater','alpha':0.1,"
                                + "'relative_method':'wald'," + SHARES + "}",
                        "/ci_method /alternative /alpha /relative_method",
                        "/difference/ci open_high",
                        "/fisher_p_value probability"),
                promise(
                        "{'type':'ratio','control':{'n':4,'num_sum':11,'num_sum_squares':39,'den_sum':9,"
                                + "'den_sum_squares':25,'cross_sum':31},'treatment':{'n':5,'num_sum':20,"
                                + "'num_sum_squares':90,'den_sum':13,'den_sum_squares':39,'cross_sum':59}}",
                        ratio,
                        effects(ARMS, "/difference:t", "/relative")),
                promise(
                        "{'type':'bayes','alpha':0.1,'prior':{'mean':0.02,'sd':0.3}," + MEANS + "}",
                        "/alpha /prior /prior/mean /prior/sd " + sums,
                        "/chance_to_win probability",
                        "/expected_loss number",
                        "/ci interval"),
                promise(
                        "{'type':'bayes'," + SHARES + "}",
                        shares,
                        "/chance_to_win probability",
                        "/expected_loss number",
                        "/ci interval"),
                promise(
                        "{'type':'clusters'," + TEN_CLUSTERS + "}",
                        "/n /sum /arm",
                        effects(
                                new String[] {
                                    "/methods/randomization/estimate number",
                                    "/methods/randomization/p_value probability",
                                    "/methods/randomization/count number",
                                    "/methods/randomization/of number",
                                    "/methods/wild_bootstrap/estimate number",
                                    "/methods/wild_bootstrap/p_value probability",
                                },
                                "/methods/cr2:t",
                                "/methods/welch_means:t")),
                promise(
                        "{'type':'clusters','alpha':0.1,'alternative':'less','methods':['cr2','randomization'],"
                                + TEN_CLUSTERS + "}",
                        "/alpha /alternative /methods",
                        "/methods/cr2/ci open_low",
                        "/methods/randomization/count number",
                        "/methods/welch_means absent",
                        "/methods/wild_bootstrap absent"),
                promise(
                        "{'type':'switchback','alpha':0.1,'alternative':'greater','differences':[1,2,4,-1,3]}",
                        "/alpha /alternative /differences",
                        "/mean number",
                        "/sign_flip/p_value probability",
                        "/sign_flip/count number",
                        "/sign_flip/of number",
                        "/t/ci open_high"),
                promise(
                        "{'type':'switchback','differences':[1,2,4,-1,3]}",
                        "/differences",
                        effects(new String[] {"/mean number"}, "/t:t")),
                promise(
                        "{'type':'quantile','quantile':0.75,'alpha':0.1,'arms':[{'edges':[0,1,2,4],'counts':[20,30,10]},"
                                + "{'edges':[0,1,2,4],'counts':[10,30,25]}]}",
                        "/quantile /alpha /arms /arms/0/edges /arms/0/counts",
                        effects(
                                new String[] {
                                    "/arms/0/estimate number",
                                    "/arms/0/ci interval",
                                    "/arms/1/estimate number",
                                    "/arms/1/ci interval"
                                },
                                "/difference:t")),
                promise(
                        "{'type':'quantile','quantile':0.5,'alternative':'less','arms':[{'clusters':["
                                + "{'edges':[0,1,2],'counts':[9,12]},{'edges':[0,1,2],'counts':[11,10]},"
                                + "{'edges':[0,1,2],'counts':[8,13]}]},{'clusters':["
                                + "{'edges':[0,1,2],'counts':[7,12]},{'edges':[0,1,2],'counts':[10,11]},"
                                + "{'edges':[0,1,2],'counts':[6,13]}]}]}",
                        "/alternative /arms/0/clusters /arms/0/clusters/1/edges /arms/0/clusters/1/counts",
                        "/arms/0/estimate number",
                        "/arms/1/ci list",
                        "/difference/estimate number",
                        "/difference/std_error number",
                        "/difference/ci open_low",
                        "/difference/p_value probability"),
                promise(
                        "{'type':'quantile','quantile':0.5,'arms':[{'edges':[0,1,2],'counts':[9,12]}]}",
                        "/quantile",
                        "/arms/0/ci interval",
                        "/difference absent"),
                promise(
                        "{'type':'srm','counts':[40,60],'weights':[1,2]}",
                        "/counts /weights",
                        "/statistic number",
                        "/df number",
                        "/p_value probability",
                        "/p_values absent"),
                promise(
                        "{'type':'srm','increments':[[40,60],[30,50]],'weights':[1,2]}",
                        "/increments /weights",
                        "/p_values probabilities",
                        "/p_value absent"),
                promise(
                        "{'type':'adjust','alpha':0.03,'p_values':[0.01,0.04,0.03],'method':'hommel'}",
                        "/alpha /p_values /method",
                        "/p_values probabilities",
                        "/rejected booleans"),
                promise(
                        "{'type':'adjust','alpha':0.01,'e_values':[60,40,200],'method':'e_bh'}",
                        "/alpha /e_values",
                        "/rejected booleans"),
                promise(
                        "{'type':'power','metric':'mean','delta':0.2,'sd':1,'power':0.9,'sides':1,'alpha':0.1}",
                        "/metric /delta /sd /power /sides /alpha",
                        "/n number"),
                promise("{'type':'power','metric':'mean','n':50,'sd':1,'power':0.9}", "/n /sd /power", "/delta number"),
                promise(
                        "{'type':'power','metric':'mean','n':50,'sd':1,'delta':0.5}",
                        "/n /sd /delta",
                        "/power probability"),
                promise(
                        "{'type':'power','metric':'proportion','p0':0.1,'p1':0.2,'power':0.9,'sides':1}",
                        "/p0 /p1 /power /sides",
                        "/n number"),
                promise(
                        "{'type':'power','metric':'proportion','p0':0.1,'n':300,'power':0.9}",
                        "/p0 /n /power",
                        "/p1 number"),
                promise(
                        "{'type':'power','metric':'proportion','p0':0.1,'p1':0.2,'n':300}",
                        "/p0 /p1 /n",
                        "/power probability"),
                promise(
                        "{'type':'power','metric':'clusters','delta':0.3,'sd':1,'m':50,'icc':0.05,'cv':0.7,'power':0.8}",
                        "/delta /sd /m /icc /cv /power",
                        "/n number"),
                promise(
                        "{'type':'power','metric':'clusters','n':12,'sd':1,'m':50,'icc':0.05,'cv':0.7,'power':0.8}",
                        "/n /sd /m /icc /cv /power",
                        "/delta number"),
                promise(
                        "{'type':'power','metric':'clusters','n':12,'delta':0.3,'sd':1,'m':50,'icc':0.05,'cv':0.7}",
                        "/n /delta /sd /m /icc /cv",
                        "/power probability"),
                promise(
                        "{'type':'power','metric':'non_inferiority','margin':0.2,'sd':1,'power':0.8,'sides':2}",
                        "/margin /sd /power /sides",
                        "/n number"),
                promise(
                        "{'type':'power','metric':'non_inferiority','n':300,'sd':1,'power':0.8}",
                        "/n /sd /power",
                        "/margin number"),
                promise(
                        "{'type':'power','metric':'non_inferiority','n':300,'sd':1,'margin':0.2}",
                        "/n /sd /margin",
                        "/power probability"),
                promise(
                        "{'type':'group_sequential','information':[0.4,0.7,1],'spending':'pocock','alpha':0.025}",
                        "/information /spending /alpha",
                        "/z numbers",
                        "/cumulative_alpha probabilities"),
                promise(
                        "{'type':'anytime','tuning_n':500,'alpha':0.1,'control':{'n':400,'sum':500,'sum_squares':900},"
                                + "'treatment':{'n':410,'sum':560,'sum_squares':1000}}",
                        "/tuning_n /alpha " + sums,
                        effects(new String[0], "/difference", "/relative")),
                promise(
                        "{'type':'anytime','tuning_n':500,'alternative':'greater'," + SHARES + "}",
                        "/tuning_n /alternative " + shares,
                        "/difference/ci open_high",
                        "/relative/ci open_high"),
                promise("{'type':'betting','alpha':0.2,'values':[0,1,1,0,1,0.5]}", "/alpha /values", "/ci interval"),
                promise(
                        "{'type':'survival','tau':8,'alpha':0.1," + TWO_CURVES + "}",
                        "/tau /alpha /arms /arms/0/time /arms/0/status",
                        effects(
                                Stream.concat(
                                                Stream.of("/logrank", "/gray")
                                                        .flatMap(test -> Stream.of(
                                                                test + "/statistic number",
                                                                test + "/df number",
                                                                test + "/p_value probability")),
                                                Stream.of("/arms/0", "/arms/1")
                                                        .flatMap(arm -> Stream.of(
                                                                arm + "/time numbers",
                                                                arm + "/survival probabilities",
                                                                arm + "/std_error numbers",
                                                                arm + "/incidence probabilities",
                                                                arm + "/incidence_std_error numbers",
                                                                arm + "/rmst number",
                                                                arm + "/rmst_std_error number",
                                                                arm + "/median number")))
                                        .toArray(String[]::new),
                                "/rmst_difference")),
                promise(
                        "{'type':'survival','tau':8,'alternative':'less'," + TWO_CURVES + "}",
                        "/alternative",
                        "/rmst_difference/ci open_low"),
                promise(
                        "{'type':'elasticity','alpha':0.1,'price':[5,6],'n':[3000,2900],'x':[180,150]}",
                        "/alpha /price /n /x",
                        effects(plus(BY_PRICE, "/log_binomial absent"), "/arc", "/log_ratio")),
                promise(
                        "{'type':'elasticity','marginal_cost':2,'price':[5,6,7,9],'n':[3000,2900,3100,3000],"
                                + "'x':[600,540,500,240]}",
                        "/marginal_cost /price /n /x",
                        plus(
                                BY_PRICE,
                                "/log_binomial/intercept number",
                                "/log_binomial/elasticity number",
                                "/log_binomial/std_error number",
                                "/logit/a number",
                                "/logit/b number",
                                "/logit/std_errors numbers",
                                "/logit/optimum/price number",
                                "/logit/optimum/std_error number",
                                "/logit/optimum/revenue number",
                                "/isotonic probabilities",
                                "/arc absent")),
                promise(
                        "{'type':'dose_response','dose':[1,2,4,8],'y':[5,4,4.5,3],'w':[1,2,1,1],"
                                + "'direction':'decreasing'}",
                        "/dose /y /w /direction",
                        "/isotonic numbers",
                        "/log_dose/intercept number",
                        "/log_dose/slope number",
                        "/log_dose/std_error number",
                        "/log_dose/p_value probability"),
                promise(
                        "{'type':'shrink','estimates':[0.1,0.9,-0.4,0.6],'std_errors':[0.2,0.3,0.25,0.2],"
                                + "'method':'paule_mandel'}",
                        "/estimates /std_errors /method",
                        "/mu number",
                        "/mu_std_error number",
                        "/tau2 number",
                        "/q number",
                        "/shrunken numbers"),
                promise(
                        "{'type':'demand','sales':[3,5,5,2,4],'stock':[5,5,5,5,8]}",
                        "/sales /stock",
                        "/lambda number",
                        "/std_error number",
                        "/naive number"));
    }

    private static final String[] BY_PRICE = {
        "/revenue_per_visitor/0/price number",
        "/revenue_per_visitor/0/estimate number",
        "/revenue_per_visitor/1/std_error number",
        "/mcb/0/price number",
        "/mcb/0/lower number",
        "/mcb/1/upper number",
        "/mcb/1/could_be_best boolean",
    };
}
