package org.wanglou.ui.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI 3.1 document, made from the table of routes. Pure. */
public final class OpenApi {
    private static final Pattern NAME = Pattern.compile("\\{([^}]+)}");

    private OpenApi() {}

    public static ObjectNode of(List<Route> routes, String version) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Wanglou console API").put("version", version);
        document.putArray("servers").addObject().put("url", Route.BASE);
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path =
                    paths.has(route.path()) ? (ObjectNode) paths.get(route.path()) : paths.putObject(route.path());
            operation(path.putObject(route.method().toLowerCase(Locale.ROOT)), route);
        }
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "__Host-wl");
        ObjectNode problem = components.putObject("schemas").putObject("Problem");
        problem.put("type", "object");
        ObjectNode members = problem.putObject("properties");
        List.of("type", "title", "detail")
                .forEach(name -> members.putObject(name).put("type", "string"));
        members.putObject("status").put("type", "integer");
        return document;
    }

    private static void operation(ObjectNode operation, Route route) {
        operation.put(
                "operationId",
                route.method().toLowerCase(Locale.ROOT)
                        + route.path().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", ""));
        if (!route.permission().word().isEmpty()) {
            operation.put("x-permission", route.permission().word());
        }
        var security = operation.putArray("security");
        if (route.permission() != Permission.OPEN) {
            security.addObject().putArray("session");
        }
        Matcher names = NAME.matcher(route.path());
        var parameters = operation.putArray("parameters");
        while (names.find()) {
            parameter(parameters.addObject(), names.group(1), "path");
        }
        if (route.changes() && route.permission() != Permission.OPEN) {
            parameter(parameters.addObject(), "X-CSRF", "header");
        }
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("description", "done");
        responses
                .putObject("default")
                .put("description", "problem (RFC 9457)")
                .putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
    }

    private static void parameter(ObjectNode parameter, String name, String in) {
        parameter.put("name", name).put("in", in).put("required", true);
        parameter.putObject("schema").put("type", "string");
    }
}
