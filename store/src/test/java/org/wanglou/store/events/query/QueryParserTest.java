package org.wanglou.store.events.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.query.QueryNode.AddressRange;
import org.wanglou.store.events.query.QueryNode.All;
import org.wanglou.store.events.query.QueryNode.And;
import org.wanglou.store.events.query.QueryNode.Exists;
import org.wanglou.store.events.query.QueryNode.Not;
import org.wanglou.store.events.query.QueryNode.NumberRange;
import org.wanglou.store.events.query.QueryNode.Or;
import org.wanglou.store.events.query.QueryNode.Pattern;
import org.wanglou.store.events.query.QueryNode.Term;
import org.wanglou.store.events.query.QueryNode.WordPattern;
import org.wanglou.store.events.query.QueryNode.Words;

class QueryParserTest {
    private static QueryNode parse(String text) {
        return QueryParser.parse(text);
    }

    @Test
    void an_empty_text_finds_everything() {
        assertThat(parse("")).isEqualTo(new All());
        assertThat(parse(" \t ")).isEqualTo(new All());
        assertThat(parse("*")).isEqualTo(new All());
    }

    @Test
    void the_example_of_the_design_is_read() {
        assertThat(parse("source.ip:10.0.0.0/8 and event.outcome:failure and not user.name:svc*"))
                .isEqualTo(new And(List.of(
                        new AddressRange(HotField.SOURCE_IP, "10.0.0.0", "10.255.255.255"),
                        new Term(HotField.OUTCOME, "failure"),
                        new Not(new Pattern(HotField.USER, "svc*")))));
    }

    @Test
    void chinese_names_operators_and_punctuation_mean_the_same() {
        QueryNode english = parse("source.ip:10.1.2.3 and (event.outcome:failure or not user.name:root)");
        assertThat(parse("来源IP：10.1.2.3 且（结果：失败 或 非 用户：root）")).isEqualTo(english);
        assertThat(parse("来源ip:10.1.2.3 AND (结果:失败 OR NOT 账号:root)")).isEqualTo(english);
    }

    @Test
    void and_binds_closer_than_or_and_not_closest() {
        Words a = new Words("a");
        Words b = new Words("b");
        Words c = new Words("c");
        assertThat(parse("a or b and not c")).isEqualTo(new Or(List.of(a, new And(List.of(b, new Not(c))))));
        assertThat(parse("(a or b) c")).isEqualTo(new And(List.of(new Or(List.of(a, b)), c)));
        assertThat(parse("not not a")).isEqualTo(a);
        assertThat(parse("a b c")).isEqualTo(new And(List.of(a, b, c)));
    }

    @Test
    void values_may_be_quoted_escaped_grouped_or_patterns() {
        assertThat(parse("user.name:\"and or (x)\"")).isEqualTo(new Term(HotField.USER, "and or (x)"));
        assertThat(parse("user.name:\"a\\\"b\"")).isEqualTo(new Term(HotField.USER, "a\"b"));
        assertThat(parse("url.path:\\*x")).isEqualTo(new Term(HotField.PATH, "*x"));
        assertThat(parse("user.name:(root or svc* and not \"x y\")"))
                .isEqualTo(new Or(List.of(
                        new Term(HotField.USER, "root"),
                        new And(List.of(
                                new Pattern(HotField.USER, "svc*"), new Not(new Term(HotField.USER, "x y")))))));
        assertThat(parse("user.name:*")).isEqualTo(new Exists(HotField.USER));
        assertThat(parse("user.name : root")).isEqualTo(new Term(HotField.USER, "root"));
        assertThat(parse("event.action:and")).isEqualTo(new Term(HotField.ACTION, "and"));
    }

    @Test
    void words_without_a_field_search_the_text() {
        assertThat(parse("失败")).isEqualTo(new Words("失败"));
        assertThat(parse("\"failed password\"")).isEqualTo(new Words("failed password"));
        assertThat(parse("passw*")).isEqualTo(new WordPattern("passw*"));
        assertThat(parse("message:\"a:b\"")).isEqualTo(new Words("a:b"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/32, 10.1.2.3, 10.1.2.3",
        "10.1.2.3/0, 0.0.0.0, 255.255.255.255",
        "10.1.2.77/26, 10.1.2.64, 10.1.2.127",
        "10.1.*, 10.1.0.0, 10.1.255.255",
        "10.1.*.*, 10.1.0.0, 10.1.255.255",
        "2001:db8::/33, 2001:db8::, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::1/128, 2001:db8::1, 2001:db8::1"
    })
    void prefixes_become_ranges(String prefix, String from, String to) {
        assertThat(parse("source.ip:" + prefix)).isEqualTo(new AddressRange(HotField.SOURCE_IP, from, to));
    }

    @Test
    void addresses_are_canonical_and_can_be_compared() {
        assertThat(parse("源IP:2001:DB8:0:0::1")).isEqualTo(new Term(HotField.SOURCE_IP, "2001:db8::1"));
        assertThat(parse("source.ip >= 10.0.0.9"))
                .isEqualTo(new AddressRange(HotField.SOURCE_IP, "10.0.0.9", "255.255.255.255"));
        assertThat(parse("source.ip > 10.0.0.255"))
                .isEqualTo(new AddressRange(HotField.SOURCE_IP, "10.0.1.0", "255.255.255.255"));
        assertThat(parse("source.ip<10.0.1.0"))
                .isEqualTo(new AddressRange(HotField.SOURCE_IP, "0.0.0.0", "10.0.0.255"));
    }

    @Test
    void numbers_are_compared_or_given_by_class() {
        assertThat(parse("状态码>=500")).isEqualTo(new NumberRange(HotField.STATUS, 500, Long.MAX_VALUE));
        assertThat(parse("http.response.status_code < 400"))
                .isEqualTo(new NumberRange(HotField.STATUS, Long.MIN_VALUE, 399));
        assertThat(parse("状态码:4*")).isEqualTo(new NumberRange(HotField.STATUS, 400, 499));
        assertThat(parse("状态码:40?")).isEqualTo(new NumberRange(HotField.STATUS, 400, 409));
        assertThat(parse("状态码:404")).isEqualTo(new NumberRange(HotField.STATUS, 404, 404));
    }

    @Test
    void times_without_a_zone_are_beijing_time() {
        long midnight = Instant.parse("2026-11-23T16:00:00Z").toEpochMilli();
        assertThat(parse("时间:2026-11-24")).isEqualTo(new NumberRange(HotField.TIME, midnight, midnight + 86_399_999));
        assertThat(parse("@timestamp >= \"2026-11-24 00:00:00\""))
                .isEqualTo(new NumberRange(HotField.TIME, midnight, Long.MAX_VALUE));
        assertThat(parse("@timestamp < 2026-11-23T16:00:00Z"))
                .isEqualTo(new NumberRange(HotField.TIME, Long.MIN_VALUE, midnight - 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nofield:1|0|unknown field nofield",
                "a and|5|ends where a condition",
                "(a or b|0|never closed",
                "a)|1|unexpected )",
                "x \"open|2|quotation mark",
                "source.ip:300.1.1.1|10|address or prefix",
                "source.ip:10.0.0.0/99|19|prefix length",
                "状态码:abc|4|whole number",
                "user.name > 3|10|cannot be compared",
                "a and 时间:gestern|9|a time such as",
                "user.name:|10|value is expected",
                "user.name:(a or host.name:b)|16|another field",
                "or a|0|condition is expected",
                "source.ip:1*2|10|address pattern"
            })
    void a_bad_query_names_place_and_remedy(String text, int position, String message) {
        BadQuery bad = catchThrowableOfType(BadQuery.class, () -> parse(text));
        assertThat(bad).isNotNull().hasMessageContaining(message);
        assertThat(bad.position()).isEqualTo(position);
    }

    @Test
    void size_and_depth_are_bounded() {
        assertThat(catchThrowableOfType(BadQuery.class, () -> parse("x".repeat(5_000))))
                .hasMessageContaining("longer");
        assertThat(catchThrowableOfType(BadQuery.class, () -> parse("(".repeat(100) + "a")))
                .hasMessageContaining("nested");
        assertThat(catchThrowableOfType(BadQuery.class, () -> parse("a ".repeat(600))))
                .hasMessageContaining("conditions");
    }

    @Property
    void any_text_is_read_or_refused_with_a_place_inside_it(@ForAll @StringLength(max = 60) String text) {
        readOrRefused(text);
    }

    @Property
    void any_jumble_of_the_language_is_read_or_refused_with_a_place(
            @ForAll List<@net.jqwik.api.constraints.IntRange(max = 15) Integer> choices) {
        String[] pieces = {
            "and ",
            "or ",
            "not ",
            "(",
            ")",
            "user.name",
            ":",
            "*",
            "\"",
            "\\",
            "source.ip:",
            "10.0.0.0/8 ",
            "<",
            ">=",
            "网络 ",
            "状态码"
        };
        StringBuilder text = new StringBuilder();
        choices.stream().limit(30).forEach(choice -> text.append(pieces[choice]));
        readOrRefused(text.toString());
    }

    private static void readOrRefused(String text) {
        try {
            assertThat(parse(text)).isNotNull();
        } catch (BadQuery e) {
            assertThat(e.position()).isBetween(0, text.length());
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
