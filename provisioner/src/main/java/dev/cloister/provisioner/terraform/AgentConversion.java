package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.AgentPlan.App;
import dev.cloister.provisioner.AgentPlan.Healthcheck;
import dev.cloister.provisioner.AgentPlan.Metadata;
import dev.cloister.provisioner.AgentPlan.OpenIn;
import dev.cloister.provisioner.AgentPlan.Phase;
import dev.cloister.provisioner.AgentPlan.Script;
import dev.cloister.provisioner.AgentPlan.Share;
import dev.cloister.provisioner.AgentPlan.StartupBehavior;
import dev.cloister.provisioner.terraform.provider.CronWords;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One agent with all that belongs to it. */
final class AgentConversion {
    /** Where a template sets no time, as many seconds as a day has: nobody waits for ever. */
    private static final Duration LONGEST_SCRIPT = Duration.ofDays(1);

    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(5);
    private static final String LOOPBACK = "http://localhost/";

    private final MadeResource agent;
    private final List<MadeResource> all;
    private final Graph graph;

    AgentConversion(MadeResource agent, List<MadeResource> all, Graph graph) {
        this.agent = agent;
        this.all = all;
        this.graph = graph;
    }

    AgentPlan plan() throws ConversionException {
        boolean blocking = agent.text("startup_script_behavior").equals("blocking");
        return new AgentPlan(
                agent.name(),
                agent.text("os"),
                agent.text("arch"),
                agent.text("dir"),
                environment(),
                scripts(blocking),
                apps(),
                metadata(),
                blocking ? StartupBehavior.BLOCKING : StartupBehavior.NON_BLOCKING,
                null);
    }

    /** What is made for this agent: it names the agent's id, or, while ids are unknown, depends on it. */
    private List<MadeResource> parts(String type) {
        return all.stream()
                .filter(part -> part.managed() && part.type().equals(type) && belongs(part))
                .toList();
    }

    private boolean belongs(MadeResource part) {
        var named = part.given("agent_id");
        var own = agent.given("id");
        if (named.isPresent() && own.isPresent()) {
            return named.equals(own);
        }
        return named.isEmpty()
                && graph.nearestBelow(part.label(), this::isAgent).equals(Optional.of(agent.label()))
                && (agent.index().isMissingNode()
                        || part.index().isMissingNode()
                        || agent.index().equals(part.index()));
    }

    private boolean isAgent(String label) {
        return all.stream()
                .anyMatch(one -> one.type().equals("coder_agent") && one.label().equals(label));
    }

    private Map<String, String> environment() throws ConversionException {
        var environment = new LinkedHashMap<String, String>();
        agent.values()
                .path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asString("")));
        var own = Map.copyOf(environment);
        for (MadeResource part : parts("coder_env")) {
            String name = part.text("name");
            String value = part.text("value");
            String before = environment.get(name);
            if (own.containsKey(name) && part.text("merge_strategy").equals("replace")) {
                // What stands at the agent itself goes before.
                continue;
            }
            environment.put(name, before == null ? value : merged(part, name, before, value));
        }
        return environment;
    }

    private static String merged(MadeResource part, String name, String before, String value)
            throws ConversionException {
        return switch (part.text("merge_strategy")) {
            case "append" -> before + value;
            case "prepend" -> value + before;
            case "error" -> throw new ConversionException("The variable \"" + name + "\" is set twice.");
            default -> value;
        };
    }

    private List<Script> scripts(boolean blocking) {
        var scripts = new ArrayList<Script>();
        add(scripts, "Startup Script", Phase.START, "", agent.text("startup_script"), LONGEST_SCRIPT, blocking);
        for (MadeResource part : parts("coder_script")) {
            String name = part.text("display_name");
            String script = part.text("script");
            Duration timeout = part.number("timeout") > 0 ? Duration.ofSeconds(part.number("timeout")) : LONGEST_SCRIPT;
            if (part.flag("run_on_start")) {
                add(scripts, name, Phase.START, "", script, timeout, part.flag("start_blocks_login"));
            }
            if (part.flag("run_on_stop")) {
                add(scripts, name, Phase.STOP, "", script, timeout, false);
            }
            if (!part.text("cron").isEmpty()) {
                add(scripts, name, Phase.SCHEDULE, CronWords.inFields(part.text("cron")), script, timeout, false);
            }
        }
        add(scripts, "Shutdown Script", Phase.STOP, "", agent.text("shutdown_script"), LONGEST_SCRIPT, false);
        return scripts;
    }

    private static void add(
            List<Script> scripts,
            String name,
            Phase phase,
            String schedule,
            String script,
            Duration timeout,
            boolean blocks) {
        if (!script.isEmpty()) {
            scripts.add(new Script(name, phase, schedule, script, timeout, blocks));
        }
    }

    private List<App> apps() throws ConversionException {
        var apps = new ArrayList<App>();
        for (MadeResource part : parts("coder_app")) {
            apps.add(app(part));
        }
        return apps;
    }

    private static App app(MadeResource part) throws ConversionException {
        String slug = part.given("slug").orElse(part.name());
        String command = part.text("command");
        boolean isCommand = !command.isEmpty();
        return new App(
                slug,
                part.text("display_name").isEmpty() ? slug : part.text("display_name"),
                part.text("icon"),
                isCommand ? null : url(part.text("url").isEmpty() ? LOOPBACK : part.text("url"), slug),
                isCommand ? command : null,
                healthcheck(part.values().path("healthcheck").path(0), slug),
                switch (part.text("share")) {
                    case "authenticated" -> Share.AUTHENTICATED;
                    case "organization" -> Share.ORGANIZATION;
                    case "public" -> Share.PUBLIC;
                    default -> Share.OWNER;
                },
                part.flag("subdomain"),
                part.text("open_in").equals("tab") ? OpenIn.TAB : OpenIn.SLIM_WINDOW,
                part.flag("hidden"),
                part.number("order"));
    }

    private static URI url(String text, String slug) throws ConversionException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConversionException("The application \"" + slug + "\" has an address that is no URL.");
        }
    }

    private static @Nullable Healthcheck healthcheck(JsonNode check, String slug) throws ConversionException {
        return check.isObject()
                ? new Healthcheck(
                        url(check.path("url").asString(""), slug),
                        Duration.ofSeconds(Math.max(1, check.path("interval").asInt(1))),
                        Math.max(1, check.path("threshold").asInt(1)))
                : null;
    }

    private List<Metadata> metadata() {
        record Ordered(int order, Metadata item) {}
        var items = new ArrayList<Ordered>();
        for (JsonNode item : agent.values().path("metadata")) {
            String key = item.path("key").asString("");
            int timeout = item.path("timeout").asInt(0);
            items.add(new Ordered(
                    item.path("order").asInt(0),
                    new Metadata(
                            key,
                            item.path("display_name").asString(key),
                            item.path("script").asString(""),
                            Duration.ofSeconds(Math.max(1, item.path("interval").asInt(1))),
                            timeout > 0 ? Duration.ofSeconds(timeout) : METADATA_TIMEOUT)));
        }
        return items.stream()
                .sorted(Comparator.comparingInt(Ordered::order)
                        .thenComparing(one -> one.item().key()))
                .map(Ordered::item)
                .toList();
    }
}
