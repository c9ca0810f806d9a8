package org.wanglou.sensors.listen.http.elastic;

import java.util.List;
import org.wanglou.sensors.listen.http.Answer;
import org.wanglou.sensors.listen.http.Call;

/**
 * What shippers ask an Elasticsearch before they send: version, licence, health, and the set-up of templates, life cycles
 * and pipelines. The last is agreed to and does nothing, because how logs are kept is Wanglou's own; each such answer says
 * so in {@code wanglou}. Pure.
 */
final class ElasticProbes {
    /** The last of version 8: shippers refuse a server older than themselves, and fear the next major one. */
    static final String VERSION = "8.19.0";

    private static final List<String> SET_UP = List.of(
            "/_ilm/",
            "/_index_template/",
            "/_template/",
            "/_component_template/",
            "/_data_stream/",
            "/_ingest/pipeline");

    private ElasticProbes() {}

    static boolean serves(String path) {
        return path.equals("/")
                || path.equals("/_license")
                || path.equals("/_xpack")
                || path.startsWith("/_cluster/health")
                || path.startsWith("/_alias/")
                || SET_UP.stream().anyMatch(path::startsWith);
    }

    static Answer answer(Call call) {
        String path = call.plainPath();
        boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
        if (SET_UP.stream().anyMatch(path::startsWith)) {
            String said = "\"wanglou\":\"nothing is set up here: how logs are kept is Wanglou's own\"";
            return Answer.json(200, reads ? "{" + said + "}" : "{\"acknowledged\":true," + said + "}");
        }
        if (!reads) {
            return error(405, "use GET");
        }
        return switch (path) {
            case "/" ->
                Answer.json(
                        200,
                        "{\"name\":\"wanglou\",\"cluster_name\":\"wanglou\",\"cluster_uuid\":\"wanglou-takes-logs-only\","
                                + "\"version\":{\"number\":\"" + VERSION + "\",\"build_flavor\":\"default\","
                                + "\"build_type\":\"tar\",\"build_hash\":\"wanglou\","
                                + "\"build_date\":\"2026-01-01T00:00:00.000Z\",\"build_snapshot\":false,"
                                + "\"lucene_version\":\"9.12.2\",\"minimum_wire_compatibility_version\":\"7.17.0\","
                                + "\"minimum_index_compatibility_version\":\"7.0.0\"},"
                                + "\"tagline\":\"You Know, for Search\"}");
            case "/_license" ->
                Answer.json(
                        200,
                        "{\"license\":{\"status\":\"active\",\"uid\":\"00000000-0000-0000-0000-000000000000\","
                                + "\"type\":\"basic\",\"issued_to\":\"wanglou\"}}");
            case "/_xpack" ->
                Answer.json(
                        200,
                        "{\"license\":{\"uid\":\"00000000-0000-0000-0000-000000000000\",\"type\":\"basic\","
                                + "\"mode\":\"basic\",\"status\":\"active\"},"
                                + "\"features\":{\"ilm\":{\"available\":true,\"enabled\":true}}}");
            default ->
                path.startsWith("/_alias/")
                        ? error(404, "no index is kept here")
                        : Answer.json(
                                200,
                                "{\"cluster_name\":\"wanglou\",\"status\":\"green\",\"timed_out\":false,"
                                        + "\"number_of_nodes\":1,\"number_of_data_nodes\":1}");
        };
    }

    /** Elasticsearch's shape of a refusal. */
    static Answer error(int status, String why) {
        String type =
                switch (status) {
                    case 401 -> "security_exception";
                    case 404 -> "index_not_found_exception";
                    case 429, 503 -> "es_rejected_execution_exception";
                    default -> "illegal_argument_exception";
                };
        String cause = "{\"type\":\"" + type + "\",\"reason\":" + Answer.quoted(why) + "}";
        return Answer.json(
                status,
                "{\"error\":{\"root_cause\":[" + cause + "],\"type\":\"" + type + "\",\"reason\":" + Answer.quoted(why)
                        + "},\"status\":" + status + "}");
    }
}
