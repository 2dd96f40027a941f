package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The interface of {@code analyze}, key by key, as section 6 of the contract lists it: every output key is there under this
 * name with this shape, and every input key is read, that is, the answer is another one without it.
 */
class AnalyzeContractTest {
    @Test
    void everyTypeIsPromised() {
        Set<AnalysisType> promised = EnumSet.noneOf(AnalysisType.class);
        ContractPromises.all().forEach(p -> promised.add(p.type()));
        assertThat(promised).containsExactlyInAnyOrder(AnalysisType.values()).hasSize(18);
    }

    @ParameterizedTest
    @MethodSource("org.showroomlab.reports.analyze.ContractPromises#all")
    void everyOutputKeyIsThere(ContractPromises.Promise promise) {
        JsonNode answer = Asked.one(promise.item());
        assertThat(answer.has("error")).as(answer.toString()).isFalse();
        for (String key : promise.answered()) {
            String[] pointerAndShape = key.split(" ", -1);
            assertThat(shapes(answer.at(pointerAndShape[0])))
                    .as("%s of %s", key, answer)
                    .contains(pointerAndShape[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("org.showroomlab.reports.analyze.ContractPromises#all")
    void everyInputKeyIsRead(ContractPromises.Promise promise) {
        JsonNode answer = Asked.one(promise.item());
        for (String key : promise.read()) {
            int last = key.lastIndexOf('/');
            ObjectNode request = promise.request();
            ObjectNode parent = (ObjectNode) request.at(key.substring(0, last));
            assertThat(parent.remove(key.substring(last + 1))).as(key).isNotNull();
            JsonNode without = Asked.one(request.toString());
            assertThat(without).as("the answer without %s", key).isNotEqualTo(answer);
        }
    }

    /** Every choice that the contract names is one, and none of them is another's synonym. */
    @Test
    void everyChoiceIsAccepted() {
        distinct(
                "{'type':'mean','relative_method':'%s'," + ContractPromises.MEANS + "}",
                "log_ratio",
                "fieller",
                "wald");
        distinct("{'type':'mean','alternative':'%s'," + ContractPromises.MEANS + "}", "two_sided", "greater", "less");
        distinct("{'type':'mean','adjust':'%s'," + ContractPromises.COVARIATE + "}", "lin", "pooled");
        distinct("{'type':'proportion','ci_method':'%s'," + ContractPromises.SHARES + "}", "newcombe", "wald");
        distinct(
                "{'type':'clusters','methods':['%s']," + ContractPromises.TEN_CLUSTERS + "}",
                "cr2",
                "welch_means",
                "randomization",
                "wild_bootstrap");
        distinct(
                "{'type':'adjust','method':'%s','p_values':[0.009,0.017,0.02,0.045]}",
                "holm", "hochberg", "hommel", "bonferroni", "benjamini_hochberg", "benjamini_yekutieli");
        distinct(
                "{'type':'group_sequential','information':[0.5,1],'spending':'%s','alpha':0.025}",
                "obrien_fleming", "pocock");
        distinct(
                "{'type':'dose_response','dose':[1,2,4],'y':[1,3,2],'w':[1,1,1],'direction':'%s'}",
                "increasing", "decreasing");
        distinct(
                "{'type':'shrink','estimates':[0.1,0.9,-0.4,0.6],'std_errors':[0.2,0.3,0.25,0.2],'method':'%s'}",
                "dl", "reml", "paule_mandel");
        distinct("{'type':'power','metric':'mean','n':50,'sd':1,'delta':0.5,'sides':%s}", "1", "2");
    }

    private static void distinct(String item, String... choices) {
        Set<String> answers = new TreeSet<>();
        for (String choice : choices) {
            JsonNode answer = Asked.one(item.formatted(choice));
            assertThat(answer.has("error")).as("%s: %s", choice, answer).isFalse();
            answers.add(answer.toString());
        }
        assertThat(answers).as(item).hasSameSizeAs(choices);
    }

    /** What a value may be called; an interval with an open end is no closed one. */
    private static Set<String> shapes(JsonNode value) {
        Set<String> shapes = new TreeSet<>();
        if (value.isMissingNode()) {
            shapes.add("absent");
        } else if (value.isNumber()) {
            shapes.add("number");
            if (isProbability(value)) {
                shapes.add("probability");
            }
        } else if (value.isBoolean()) {
            shapes.add("boolean");
        } else if (value.isArray() && !value.isEmpty()) {
            shapes.add("list");
            addListShapes(shapes, (ArrayNode) value);
        }
        return shapes;
    }

    private static void addListShapes(Set<String> shapes, ArrayNode list) {
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entries::add);
        if (entries.stream().allMatch(JsonNode::isNumber)) {
            shapes.add("numbers");
        }
        if (entries.stream().allMatch(AnalyzeContractTest::isProbability)) {
            shapes.add("probabilities");
        }
        if (entries.stream().allMatch(JsonNode::isBoolean)) {
            shapes.add("booleans");
        }
        if (entries.size() == 2) {
            JsonNode low = entries.get(0);
            JsonNode high = entries.get(1);
            if (low.isNumber() && high.isNumber() && low.asDouble() <= high.asDouble()) {
                shapes.add("interval");
            }
            if (low.isNumber() && high.isNull()) {
                shapes.add("open_high");
            }
            if (low.isNull() && high.isNumber()) {
                shapes.add("open_low");
            }
        }
    }

    private static boolean isProbability(JsonNode value) {
        return value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1;
    }
}
