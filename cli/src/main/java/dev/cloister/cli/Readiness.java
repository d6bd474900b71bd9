package dev.cloister.cli;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.Workspace;

/** Gets ready on another processor what a command will need soon: looking at the records of an answer takes its time. */
final class Readiness {
    private Readiness() {}

    /** In the order in which "create" needs it. */
    static void create() {
        ApiJson.mapper().readValue("[]", Template[].class);
        ApiJson.mapper().readValue("[]", TemplateVersionParameter[].class);
        ApiJson.mapper().readValue("[]", Workspace[].class);
    }
}
