package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.BuildLog;
import dev.cloister.provisioner.BuildLog.Level;
import dev.cloister.provisioner.TemplateProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Terraform tells, turned into lines of a build's log without secrets, and its errors kept for a sentence. */
final class RunLog {
    private static final int SHORTEST_SECRET = 6;
    private static final int MAXIMUM_PROBLEMS = 50;
    /** Of interest to whoever looks for a fault. */
    private static final Set<String> DETAILS = Set.of("version", "refresh_start", "refresh_complete", "outputs", "log");

    private final BuildLog log;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final List<TemplateProblem> problems = new ArrayList<>();

    RunLog(BuildLog log) {
        this.log = log;
    }

    /** From now on this text is not shown. */
    void hide(String secret) {
        if (secret.length() >= SHORTEST_SECRET) {
            secrets.add(secret);
        }
    }

    void line(Level level, String stage, String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "[secret]");
        }
        log.line(level, stage, shown);
    }

    /** A line of a command that does not speak JSON. */
    void plain(String stage, String text) {
        if (!text.isBlank()) {
            boolean error = text.contains("Error: ");
            line(error ? Level.ERROR : Level.DEBUG, stage, text);
            if (error) {
                keep(new TemplateProblem("terraform", 0, 0, "", text.substring(text.indexOf("Error: ") + 7)));
            }
        }
    }

    /** A line of a command that was told to speak JSON. */
    void json(String stage, String text) {
        JsonNode node;
        try {
            node = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            plain(stage, text);
            return;
        }
        if (!node.isObject()) {
            plain(stage, text);
        } else if (node.path("type").asString("").equals("diagnostic")) {
            diagnostic(stage, node.path("diagnostic"));
        } else {
            line(level(node, stage), stage, node.path("@message").asString(""));
        }
    }

    private static Level level(JsonNode node, String stage) {
        String type = node.path("type").asString("");
        // What is planned is told again when it is applied.
        if (DETAILS.contains(type) || (type.equals("planned_change") && stage.equals("Apply"))) {
            return Level.DEBUG;
        }
        boolean read = node.path("hook").path("action").asString("").equals("read");
        return switch (node.path("@level").asString("")) {
            case "error" -> Level.ERROR;
            case "warn" -> Level.WARN;
            case "info" -> read ? Level.DEBUG : Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private void diagnostic(String stage, JsonNode diagnostic) {
        boolean error = diagnostic.path("severity").asString("").equals("error");
        var start = diagnostic.path("range").path("start");
        String summary = diagnostic.path("summary").asString("");
        String detail = diagnostic.path("detail").asString("");
        var problem = new TemplateProblem(
                diagnostic.path("range").path("filename").asString("template"),
                start.path("line").asInt(0),
                start.path("column").asInt(0),
                "",
                detail.isEmpty() ? summary : summary + ": " + detail);
        problem.toString().lines().forEach(text -> line(error ? Level.ERROR : Level.WARN, stage, text));
        if (error) {
            keep(problem);
        }
    }

    private void keep(TemplateProblem problem) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            String message = problem.message();
            for (String secret : secrets) {
                message = message.replace(secret, "[secret]");
            }
            problems.add(new TemplateProblem(problem.file(), problem.line(), problem.column(), "", message));
        }
    }

    /** The errors so far. */
    List<TemplateProblem> problems() {
        return List.copyOf(problems);
    }

    /** The errors as a text for the person who asked. */
    String said(String otherwise) {
        return problems.isEmpty()
                ? otherwise
                : problems.stream().limit(5).map(TemplateProblem::toString).collect(Collectors.joining("\n"));
    }
}
