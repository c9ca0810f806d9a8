package org.wanglou.rules.sigma.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.read.SigmaReader;

class ShippedPipelinesTest {
    @Test
    void what_renames_fields_renames_those_that_correlations_group_and_count_by() {
        SigmaReader.Result result = SigmaReader.read(
                "r",
                Map.of(
                        "r.yml",
                        "title: w\nid: w\nname: win\nlogsource: {product: windows, service: security}\n"
                                + "detection: {s: {EventID: 4625}, condition: s}\n---\n"
                                + "title: l\nid: l\nname: web\nlogsource: {category: webserver}\n"
                                + "detection: {s: {sc-status: 401}, condition: s}\n---\n"
                                + "title: c\nid: c\ncorrelation: {type: value_count, rules: [win], group-by: [TargetUserName],"
                                + " timespan: 5m, condition: {gte: 3, field: IpAddress}}\n---\n"
                                + "title: d\nid: d\ncorrelation: {type: event_count, rules: [win, web], group-by: [who, Computer],"
                                + " timespan: 5m, condition: {gte: 2.5},"
                                + " aliases: {who: {win: TargetUserName, web: cs-username}}}\n"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.limits()).isEmpty();
        CorrelationRule count = result.correlations().get(0);
        assertThat(count.groupBy()).containsExactly("winlog.event_data.TargetUserName");
        assertThat(count.valueFields()).containsExactly("winlog.event_data.IpAddress");
        CorrelationRule both = result.correlations().get(1);
        assertThat(both.fieldOf("who", "w")).isEqualTo("winlog.event_data.TargetUserName");
        assertThat(both.fieldOf("who", "l")).isEqualTo("user.name");
        assertThat(both.fieldOf("Computer", "w")).isEqualTo("winlog.computer_name");
        assertThat(both.fieldOf("Computer", "l")).isEqualTo("host.name");
        assertThat(both.count()).isEqualTo(3);
    }

    @Test
    void time_has_the_zone_that_a_pipeline_names() {
        Pipeline zone = PipelineReader.read("z", "name: z\nvars: {timezone: Europe/Berlin}\n", problem -> {})
                .orElseThrow();
        assertThat(Pipelines.with(List.of(zone)).zone()).hasToString("Europe/Berlin");
        assertThat(Pipelines.standard().zone()).hasToString("Asia/Shanghai");
    }
}
