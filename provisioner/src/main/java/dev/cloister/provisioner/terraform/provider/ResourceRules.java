package dev.cloister.provisioner.terraform.provider;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of single types that concern several arguments at once. */
final class ResourceRules {
    private ResourceRules() {}

    static void check(String type, Value.Fields config, Findings findings) {
        switch (type) {
            case "coder_agent" -> agent(config, findings);
            case "coder_app" -> app(config, findings);
            case "coder_metadata" -> unique(config.blocks("item"), "key", "item", findings);
            case "coder_script" -> script(config, findings);
            case "coder_ai_task" -> task(config, findings);
            default -> {}
        }
    }

    private static void agent(Value.Fields config, Findings findings) {
        unique(config.blocks("metadata"), "key", "metadata", findings);
        for (Value.Fields monitoring : config.blocks("resources_monitoring")) {
            boolean known =
                    monitoring.get("memory") instanceof Value.Many && monitoring.get("volume") instanceof Value.Many;
            if (known
                    && monitoring.blocks("memory").isEmpty()
                    && monitoring.blocks("volume").isEmpty()) {
                findings.error(
                        List.of("resources_monitoring"), "\"resources_monitoring\" must name something to watch");
            }
            unique(monitoring.blocks("volume"), "path", "volume", findings);
        }
    }

    private static void unique(List<Value.Fields> blocks, String field, String block, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (Value.Fields each : blocks) {
            each.text(field)
                    .filter(text -> !seen.add(text))
                    .ifPresent(text -> findings.error(
                            List.of(), "two blocks \"" + block + "\" have the " + field + " \"" + text + "\""));
        }
    }

    private static void app(Value.Fields config, Findings findings) {
        if (!config.flag("hidden")) {
            return;
        }
        for (String shown : List.of("display_name", "icon", "order")) {
            if (!(config.get(shown) instanceof Value.Null)) {
                findings.warning(
                        List.of(shown), "\"" + shown + "\" is without effect", "A hidden application is not shown.");
            }
        }
    }

    private static void script(Value.Fields config, Findings findings) {
        boolean known = config.get("run_on_start").isKnown()
                && config.get("run_on_stop").isKnown()
                && config.get("cron").isKnown();
        boolean never = !config.flag("run_on_start")
                && !config.flag("run_on_stop")
                && config.textOrEmpty("cron").isEmpty();
        if (known && never) {
            findings.error("at least one of \"run_on_start\", \"run_on_stop\" and \"cron\" must be set, or the script"
                    + " would never run");
        }
        if (config.flag("start_blocks_login") && config.get("run_on_start").isKnown() && !config.flag("run_on_start")) {
            findings.error(
                    List.of("start_blocks_login"), "\"start_blocks_login\" can only be set with \"run_on_start\"");
        }
    }

    private static void task(Value.Fields config, Findings findings) {
        if (config.get("app_id") instanceof Value.Null
                && config.get("sidebar_app") instanceof Value.Many(var apps)
                && apps.isEmpty()) {
            findings.error("\"app_id\" must be set");
        }
    }
}
