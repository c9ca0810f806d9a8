package org.wanglou.rules.playbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.wanglou.rules.RuleProblem;

/** Reads CACAO 2.0 JSON; what is wrong is a problem with file and reason. Stateless. */
public final class CacaoReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern ID = Pattern.compile("[a-z-]+--[0-9a-f-]{36}");
    private static final int STEPS = 200;
    private static final String REMEDY = "see CACAO Security Playbooks 2.0";

    private CacaoReader() {}

    public static Optional<Playbook> read(String file, String json, Consumer<RuleProblem> problems) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.accept(new RuleProblem(file, line, "no valid JSON: " + e.getOriginalMessage(), "mend the JSON"));
            return Optional.empty();
        }
        List<String> faults = new ArrayList<>();
        if (!root.path("type").asText().equals("playbook")) {
            faults.add("type is not playbook");
        }
        if (!root.path("spec_version").asText().equals("cacao-2.0")) {
            faults.add("spec_version is not cacao-2.0");
        }
        if (!ID.matcher(root.path("id").asText()).matches()) {
            faults.add("id is no playbook--UUID");
        }
        List<Playbook.Step> steps = steps(root, faults);
        if (!faults.isEmpty()) {
            faults.forEach(fault -> problems.accept(new RuleProblem(file, 0, fault, REMEDY)));
            return Optional.empty();
        }
        return Optional.of(new Playbook(
                root.path("id").asText(),
                root.path("name").asText(),
                root.path("description").asText(),
                steps));
    }

    private static List<Playbook.Step> steps(JsonNode root, List<String> faults) {
        JsonNode workflow = root.path("workflow");
        List<Playbook.Step> steps = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String at = root.path("workflow_start").asText();
        if (!workflow.path(at).path("type").asText().equals("start")) {
            faults.add("workflow_start names no start step: '" + at + "'");
            return steps;
        }
        while (!at.isEmpty()) {
            JsonNode step = workflow.path(at);
            if (step.isMissingNode()) {
                faults.add("step " + at + " does not exist");
                return steps;
            }
            if (!seen.add(at) || seen.size() > STEPS) {
                faults.add("steps run in a circle at " + at);
                return steps;
            }
            Playbook.Step read = step(at, step);
            steps.add(read);
            at = read.next();
        }
        if (!steps.get(steps.size() - 1).type().equals("end")) {
            faults.add("the workflow does not come to an end step");
        }
        return steps;
    }

    private static Playbook.Step step(String id, JsonNode step) {
        String type = step.path("type").asText();
        JsonNode command = step.path("commands").path(0);
        String action = command.path("type").asText();
        // A notify is written as CACAO's own extension command: type x-wanglou-notify.
        if (action.equals("x-wanglou-notify")) {
            action = "notify";
        }
        boolean supported = type.equals("start")
                || type.equals("end")
                || type.equals("action") && (action.equals("notify") || action.equals("manual"));
        Map<String, String> variables = new java.util.TreeMap<>();
        step.path("step_variables")
                .properties()
                .forEach(entry -> variables.put(
                        entry.getKey(), entry.getValue().path("value").asText()));
        String text = command.path("command").asText();
        String next = step.path("on_completion").asText();
        return new Playbook.Step(
                id,
                type,
                step.path("name").asText(),
                action,
                text.isEmpty() ? step.path("description").asText() : text,
                supported,
                next.isEmpty() ? step.path("on_success").asText() : next,
                variables);
    }
}
