package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import java.net.URI;
import java.util.ArrayList;
import java.util.UUID;

/** What only the making of a resource tells: its id, and what belongs to its type. */
final class Creation {
    private Creation() {}

    static Fields create(ProviderSchema.Type type, Fields planned, BuildFacts facts) {
        Fields made = planned;
        if (!planned.get("id").isKnown() || planned.get("id") instanceof Value.Null) {
            made = made.with("id", freshId());
        }
        return switch (type.name()) {
            case "coder_agent" -> agent(made, facts);
            case "coder_ai_task" -> task(made);
            case "coder_devcontainer" -> made.with("subagent_id", freshId());
            case "coder_metadata" -> metadata(made);
            default -> made;
        };
    }

    private static Value freshId() {
        return Value.of(UUID.randomUUID().toString());
    }

    /** A fresh token each time: whatever holds the former one is replaced with the next build. */
    static Fields agent(Fields agent, BuildFacts facts) {
        return agent.with("token", freshId()).with("init_script", Value.of(script(agent, facts)));
    }

    private static String script(Fields agent, BuildFacts facts) {
        String platform = agent.textOrEmpty("os") + "_" + agent.textOrEmpty("arch");
        return facts.agentScripts()
                .getOrDefault(platform, "")
                .replace("${ACCESS_URL}", rooted(facts.accessUrl()))
                .replace("${AUTH_TYPE}", agent.textOrEmpty("auth"));
    }

    private static String rooted(URI url) {
        return url.resolve("/").toString();
    }

    private static Fields task(Fields task) {
        Value app = task.get("app_id") instanceof Value.Text given
                ? given
                : task.blocks("sidebar_app").stream()
                        .findFirst()
                        .map(sidebar -> sidebar.get("id"))
                        .orElse(Value.NULL);
        return task.with("app_id", app).with("prompt", Value.NULL).with("enabled", Value.of(false));
    }

    private static Fields metadata(Fields metadata) {
        var items = new ArrayList<Value>();
        for (Fields item : metadata.blocks("item")) {
            items.add(item.with("is_null", Value.of(item.get("value") instanceof Value.Null)));
        }
        return metadata.with("item", new Many(items));
    }
}
