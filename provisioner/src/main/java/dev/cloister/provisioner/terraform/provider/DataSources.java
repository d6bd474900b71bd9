package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What a template asks. */
final class DataSources {
    private final BuildFacts facts;

    DataSources(BuildFacts facts) {
        this.facts = facts;
    }

    /** The answer; what it says beyond the findings is worthless when they hold an error. */
    Fields read(String type, Fields config, Findings findings) {
        return switch (type) {
            case "coder_workspace" -> workspace(config, findings);
            case "coder_workspace_owner" -> owner(config);
            case "coder_provisioner" -> machine(config);
            case "coder_parameter" -> new ParameterAnswer(facts, config, findings).answer();
            case "coder_workspace_preset" -> preset(config, findings);
            case "coder_external_auth" -> external(config);
            case "coder_secret" -> secret(config, findings);
            case "coder_task" ->
                config.with("id", freshId()).with("prompt", Value.of("")).with("enabled", Value.of(false));
            default -> config.with("id", freshId());
        };
    }

    private static Value freshId() {
        return Value.of(UUID.randomUUID().toString());
    }

    private Fields workspace(Fields config, Findings findings) {
        if (facts.building() && facts.template().id().isEmpty()) {
            findings.error("the run does not know which template it is of");
        }
        var answer = new LinkedHashMap<>(config.values());
        answer.put("access_url", Value.of(facts.accessUrl().toString()));
        answer.put("access_port", Value.of(port(facts.accessUrl())));
        answer.put("prebuild_count", Value.of(0));
        answer.put("start_count", Value.of(facts.transition().equals("start") ? 1 : 0));
        answer.put("transition", Value.of(facts.transition()));
        answer.put("id", Value.of(facts.workspace().id().toString()));
        answer.put("is_prebuild", Value.of(false));
        answer.put("is_prebuild_claim", Value.of(false));
        answer.put("name", Value.of(facts.workspace().name()));
        answer.put("template_id", Value.of(facts.template().id()));
        answer.put("template_name", Value.of(facts.template().name()));
        answer.put("template_version", Value.of(facts.template().version()));
        return new Fields(answer);
    }

    private static int port(URI url) {
        if (url.getPort() > 0) {
            return url.getPort();
        }
        return "https".equals(url.getScheme()) ? 443 : 80;
    }

    private Fields owner(Fields config) {
        var owner = facts.owner();
        var answer = new LinkedHashMap<>(config.values());
        answer.put("id", Value.of(owner.id().toString()));
        answer.put("name", Value.of(owner.name()));
        answer.put("full_name", Value.of(owner.fullName()));
        answer.put("email", Value.of(owner.email()));
        answer.put("ssh_public_key", Value.of(owner.sshPublicKey()));
        answer.put("ssh_private_key", Value.of(owner.sshPrivateKey().reveal()));
        answer.put("groups", new Many(owner.groups().stream().map(Value::of).toList()));
        answer.put("session_token", Value.of(owner.sessionToken().reveal()));
        answer.put("oidc_access_token", Value.of(owner.oidcToken().reveal()));
        answer.put("login_type", owner.loginType().isEmpty() ? Value.NULL : Value.of(owner.loginType()));
        answer.put(
                "rbac_roles",
                new Many(owner.roles().stream().map(DataSources::role).toList()));
        return new Fields(answer);
    }

    private static Value role(BuildFacts.Role role) {
        return new Fields(Map.of("name", Value.of(role.name()), "org_id", Value.of(role.organization())));
    }

    private static Fields machine(Fields config) {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return config.with("id", freshId())
                .with("os", Value.of("linux"))
                .with(
                        "arch",
                        Value.of(
                                switch (arch) {
                                    case "x86_64" -> "amd64";
                                    case "aarch64" -> "arm64";
                                    case "arm" -> "armv7";
                                    default -> arch;
                                }));
    }

    private static Fields preset(Fields config, Findings findings) {
        if (config.get("parameters") instanceof Fields(var parameters)) {
            parameters.forEach((name, value) -> {
                if (value.isEmpty()) {
                    findings.error(List.of("parameters"), "the preset gives \"" + name + "\" no value");
                }
            });
        }
        for (Fields prebuilds : config.blocks("prebuilds")) {
            prebuilds.blocks("scheduling").forEach(scheduling -> overlaps(scheduling, findings));
        }
        return config.with("id", config.get("name"));
    }

    private static void overlaps(Fields scheduling, Findings findings) {
        var before = new ArrayList<String>();
        for (Fields schedule : scheduling.blocks("schedule")) {
            String cron = schedule.textOrEmpty("cron");
            try {
                var hours = PrebuildHours.parse(cron);
                for (String other : before) {
                    if (hours.meets(PrebuildHours.parse(other))) {
                        findings.error(
                                List.of("prebuilds"),
                                "the schedules \"" + other + "\" and \"" + cron + "\" speak of the same hours");
                    }
                }
                before.add(cron);
            } catch (IllegalArgumentException e) {
                // Told already, where the schedule stands.
                continue;
            }
        }
    }

    private Fields external(Fields config) {
        var token = facts.externalTokens().get(config.textOrEmpty("id"));
        return config.with("access_token", Value.of(token == null ? "" : token.reveal()));
    }

    private Fields secret(Fields config, Findings findings) {
        var variable = config.text("env");
        var file = config.text("file");
        if (variable.isPresent() == file.isPresent()) {
            findings.error("exactly one of \"env\" and \"file\" must be set");
            return config;
        }
        String name = variable.orElseGet(() -> file.orElse(""));
        var found = (variable.isPresent() ? facts.secretsByVariable() : facts.secretsByFile()).get(name);
        String value = found == null ? "" : found.reveal();
        if (value.isEmpty() && facts.building() && facts.transition().equals("start")) {
            findings.error(
                    "the workspace needs a secret for " + (variable.isPresent() ? "the variable " : "the file ") + name,
                    config.textOrEmpty("help_message"));
        }
        return config.with("id", Value.of((variable.isPresent() ? "env:" : "file:") + name))
                .with("value", Value.of(value));
    }
}
