package org.wanglou.alerting.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.rules.playbook.Playbook;

/**
 * How far a case's plan has come; the row from which it is resumed. Immutable.
 *
 * @param plan what is carried out
 * @param next id of the step to do next, empty when done
 * @param lines what was done, oldest first
 */
public record Journal(Playbook plan, String next, List<Line> lines) {
    public Journal {
        lines = List.copyOf(lines);
    }

    /**
     * One step that was done.
     *
     * @param state {@code done}, {@code manual} (a person's to do) or {@code skipped}
     * @param at milliseconds UTC
     * @param result what came of it, zh-CN
     */
    public record Line(String step, String name, String type, String state, long at, String result) {}

    /** The step with that id. */
    Optional<Playbook.Step> step(String id) {
        return step(plan, id);
    }

    static Optional<Playbook.Step> step(Playbook plan, String id) {
        return plan.steps().stream().filter(step -> step.id().equals(id)).findFirst();
    }

    public boolean ended() {
        return next.isEmpty();
    }

    /** With one step more; the plan goes on with that step's next. */
    Journal with(Playbook.Step step, String state, long at, String result) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(step.id(), step.name(), step.type(), state, at, result));
        return new Journal(plan, step.next(), more);
    }

    /** Every step of the plan in order, with {@code waiting} for those not done yet; for the console. */
    public List<Line> steps() {
        return plan.steps().stream()
                .map(step -> line(step.id())
                        .orElseGet(() -> new Line(step.id(), step.name(), step.type(), "waiting", 0, "")))
                .toList();
    }

    private Optional<Line> line(String step) {
        return lines.stream().filter(line -> line.step().equals(step)).findFirst();
    }
}
