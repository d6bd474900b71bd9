package dev.cloister.provisioner.workspacefile;

import dev.cloister.contract.agent.CronSchedule;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.AgentPlan.Phase;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.egress.EgressRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a filled-in document into what a workspace is made of. */
final class SpecReader {
    private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SCHEDULED_TIMEOUT = Duration.ofHours(1);
    private static final Duration LONGEST_SCRIPT = Duration.ofHours(24);
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final FilledDocument document;
    private final List<TemplateParameter> parameters;
    private final Map<String, String> values;
    private final List<String> warnings = new ArrayList<>();

    SpecReader(FilledDocument document, List<TemplateParameter> parameters, Map<String, String> values) {
        this.document = document;
        this.parameters = parameters;
        this.values = values;
    }

    WorkspaceSpec read() {
        var apps = new AppReader(document);
        var egress = egress();
        var repository = new RepositoryReader(document, egress).read();
        repository.flatMap(RepositoryReader.Repository::warning).ifPresent(warnings::add);
        return new WorkspaceSpec(
                image(),
                resources(),
                directory(repository.map(RepositoryReader.Repository::directory).orElse(null)),
                environment(),
                scripts(repository.map(RepositoryReader.Repository::script).orElse(null)),
                apps.apps(),
                apps.metadata(),
                egress,
                document.value(FieldPath.ROOT.child("cost"), "a whole number from 0 to 1000000", Quantities::cost)
                        .orElse(0),
                warnings);
    }

    private String image() {
        return document.value(
                        FieldPath.ROOT.child("image"),
                        "the name of an image",
                        text -> Optional.of(text).filter(IMAGE.asMatchPredicate()))
                .orElse(WorkspaceSpec.HOST_IMAGE);
    }

    private WorkspaceSpec.Resources resources() {
        var path = FieldPath.ROOT.child("resources");
        return new WorkspaceSpec.Resources(
                document.value(path.child("cpu"), "a number of processors from 0.01 to 1024", Quantities::cpuMillis)
                        .orElse(null),
                size(path.child("memory"), 64L << 20),
                size(path.child("disk"), 32L << 20),
                document.value(path.child("processes"), "a whole number, 16 or more", Quantities::processes)
                        .orElse(null));
    }

    private @Nullable Long size(FieldPath path, long minimum) {
        return document.value(
                        path,
                        "a size of " + (minimum >> 20) + "MiB or more, such as 4GiB",
                        text -> Quantities.size(text).filter(bytes -> bytes >= minimum))
                .orElse(null);
    }

    private String directory(@Nullable String repository) {
        var path = FieldPath.ROOT.child("directory");
        return document.value(path, "an absolute path, or one that begins with ~/", HomePath::resolve)
                .orElse(repository == null ? WorkspaceSpec.HOME : repository);
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            var value = values.get(parameter.name());
            if (value != null) {
                environment.put(References.variable(parameter.name()), value);
            }
        }
        var path = FieldPath.ROOT.child("environment");
        for (var name : document.node("environment").propertyNames()) {
            if (name.startsWith("CLOISTER_") || name.startsWith("PARAM_")) {
                document.problem(path.child(name), "is a name kept for the platform; choose another");
            }
            environment.put(name, document.text(path.child(name)).orElse(""));
        }
        return environment;
    }

    private List<AgentPlan.Script> scripts(AgentPlan.@Nullable Script clone) {
        var scripts = new ArrayList<AgentPlan.Script>();
        if (clone != null) {
            scripts.add(clone);
        }
        scripts.addAll(scripts("startup", Phase.START, STARTUP_TIMEOUT));
        scripts.addAll(scripts("shutdown", Phase.STOP, SHUTDOWN_TIMEOUT));
        scripts.addAll(scripts("scheduled", Phase.SCHEDULE, SCHEDULED_TIMEOUT));
        return scripts;
    }

    private List<AgentPlan.Script> scripts(String field, Phase phase, Duration timeout) {
        var list = document.node(field);
        return document.entries(list, index -> {
            var path = FieldPath.ROOT.child(field).item(index);
            var fallback = switch (phase) {
                case START -> "Start-up ";
                case STOP -> "Shutdown ";
                case SCHEDULE -> "Scheduled ";
            };
            return new AgentPlan.Script(
                    document.text(path.child("name")).orElse(fallback + (index + 1)),
                    phase,
                    schedule(path.child("cron")),
                    document.text(path.child("run")).orElse(""),
                    document.value(path.child("timeout"), "a duration from 1s to 24h", SpecReader::scriptTime)
                            .orElse(timeout),
                    list.path(index).path("blocks_login").asBoolean(false));
        });
    }

    private String schedule(FieldPath path) {
        var text = document.text(path).orElse("");
        if (!text.isEmpty() && document.isComplete(path)) {
            try {
                CronSchedule.parse(text);
            } catch (IllegalArgumentException e) {
                document.problem(path, String.valueOf(e.getMessage()));
            }
        }
        return text;
    }

    private static Optional<Duration> scriptTime(String text) {
        return Quantities.duration(text)
                .filter(time -> time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LONGEST_SCRIPT) <= 0);
    }

    private List<String> egress() {
        var path = FieldPath.ROOT.child("egress").child("allow");
        var rules = document.entries(document.node("egress").path("allow"), index -> {
            var item = path.item(index);
            if (!document.isComplete(item)) {
                return Optional.<String>empty();
            }
            var text = document.text(item).orElse("");
            try {
                return Optional.of(EgressRule.parse(text).toString());
            } catch (IllegalArgumentException e) {
                document.problem(item, String.valueOf(e.getMessage()));
                return Optional.<String>empty();
            }
        });
        return rules.stream().flatMap(Optional::stream).distinct().toList();
    }
}
