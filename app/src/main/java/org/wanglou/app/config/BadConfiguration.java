package org.wanglou.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** Says everything that is wrong with a configuration at once. */
public final class BadConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    public BadConfiguration(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}
