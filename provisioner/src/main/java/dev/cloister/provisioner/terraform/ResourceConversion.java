package dev.cloister.provisioner.terraform;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.PlannedResource.ResourceDetail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * From what Terraform has made to what a workspace is: which agent belongs to which resource, and what belongs to each
 * agent. An agent goes to the nearest resource that depends on it; one on which nothing depends is nowhere, as while a
 * workspace is stopped.
 */
final class ResourceConversion {
    private static final Pattern AGENT_NAME = Pattern.compile("(?i)[a-z0-9](-?[a-z0-9])*");
    private static final int LONGEST_AGENT_NAME = 64;
    private static final int MAXIMUM_AGENTS = 100;
    /** What belongs to agents and templates and is not shown by itself. */
    private static final Set<String> PARTS = Set.of(
            "coder_agent",
            "coder_agent_instance",
            "coder_app",
            "coder_env",
            "coder_script",
            "coder_devcontainer",
            "coder_metadata",
            "coder_ai_task",
            "coder_external_agent");

    private final List<MadeResource> all;
    private final Graph graph;
    private final Map<String, List<AgentPlan>> agents = new HashMap<>();
    private final Map<String, MadeResource> metadata = new HashMap<>();
    private final Map<String, Secret> tokens = new LinkedHashMap<>();

    /**
     * What came of it.
     *
     * @param tokens of the agents by their names
     */
    record Result(List<PlannedResource> resources, Map<String, Secret> tokens, int dailyCost) {}

    private ResourceConversion(List<MadeResource> all, Graph graph) {
        this.all = all;
        this.graph = graph;
    }

    /** @throws ConversionException for what a workspace cannot have, such as two agents of one name */
    static Result of(List<MadeResource> all, Graph graph) throws ConversionException {
        return new ResourceConversion(all, graph).result();
    }

    private Result result() throws ConversionException {
        placeAgents();
        placeMetadata();
        var resources = new ArrayList<PlannedResource>();
        int cost = 0;
        for (MadeResource resource : all) {
            if (resource.managed() && !PARTS.contains(resource.type())) {
                var shown = resource(resource);
                resources.add(shown);
                cost = Math.addExact(cost, shown.dailyCost());
            }
        }
        return new Result(resources, tokens, cost);
    }

    private void placeAgents() throws ConversionException {
        Set<String> names = new HashSet<>();
        Set<String> slugs = new HashSet<>();
        for (MadeResource agent : all) {
            if (!agent.type().equals("coder_agent") || !agent.managed()) {
                continue;
            }
            requireName(agent, names);
            var target = target(agent, true);
            if (target.isEmpty()) {
                continue;
            }
            AgentPlan plan = new AgentConversion(agent, all, graph).plan();
            for (AgentPlan.App app : plan.apps()) {
                if (!slugs.add(app.slug())) {
                    throw new ConversionException("Two applications have the slug \"" + app.slug() + "\".");
                }
            }
            agents.computeIfAbsent(target.get().address(), address -> new ArrayList<>())
                    .add(plan);
            agent.given("token").ifPresent(token -> tokens.put(plan.name(), Secret.of(token)));
        }
    }

    private static void requireName(MadeResource agent, Set<String> names) throws ConversionException {
        String name = agent.name();
        if (!AGENT_NAME.matcher(name).matches() || name.length() > LONGEST_AGENT_NAME) {
            throw new ConversionException("The agent \"" + name + "\" must have a name of letters, digits and single"
                    + " hyphens, because it becomes part of host names.");
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw new ConversionException("Two agents have the name \"" + name + "\". Each needs one of its own.");
        }
        if (names.size() > MAXIMUM_AGENTS) {
            throw new ConversionException("A workspace can have " + MAXIMUM_AGENTS + " agents at most.");
        }
    }

    /** The resource that an agent or a coder_metadata belongs to; of several instances the one of the same index. */
    private Optional<MadeResource> target(MadeResource part, boolean up) {
        var candidates = new HashMap<String, List<MadeResource>>();
        for (MadeResource resource : all) {
            if (resource.managed() && !resource.type().startsWith("coder_")) {
                candidates
                        .computeIfAbsent(resource.label(), label -> new ArrayList<>())
                        .add(resource);
            }
        }
        var label = up
                ? graph.nearestAbove(part.label(), candidates::containsKey)
                : graph.nearestBelow(part.label(), candidates::containsKey);
        return label.map(found -> {
            List<MadeResource> instances = candidates.getOrDefault(found, List.of());
            return instances.stream()
                    .filter(instance -> instance.index().equals(part.index()))
                    .findFirst()
                    .orElseGet(instances::getFirst);
        });
    }

    private void placeMetadata() throws ConversionException {
        for (MadeResource part : all) {
            if (!part.type().equals("coder_metadata") || !part.managed()) {
                continue;
            }
            var target = all.stream()
                    .filter(resource -> !resource.type().startsWith("coder_")
                            && resource.given("id").equals(part.given("resource_id"))
                            && resource.given("id").isPresent())
                    .findFirst()
                    .or(() -> target(part, false));
            if (target.isPresent() && metadata.put(target.get().address(), part) != null) {
                throw new ConversionException(
                        "Two coder_metadata belong to " + target.get().address() + "; only one can.");
            }
        }
    }

    private PlannedResource resource(MadeResource resource) {
        var part = metadata.get(resource.address());
        var details = new ArrayList<ResourceDetail>();
        if (part != null) {
            for (JsonNode item : part.values().path("item")) {
                if (!item.path("is_null").asBoolean(false)) {
                    details.add(new ResourceDetail(
                            item.path("key").asString(""),
                            item.path("value").asString(""),
                            item.path("sensitive").asBoolean(false)));
                }
            }
        }
        return new PlannedResource(
                resource.name(),
                resource.type(),
                part == null ? "" : part.text("icon"),
                part != null && part.flag("hide"),
                part == null ? 0 : Math.max(0, part.number("daily_cost")),
                agents.getOrDefault(resource.address(), List.of()),
                details,
                List.of());
    }
}
