package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** Who was given something on a template. */
public record TemplateACL(
        List<TemplateUser> users, @JsonProperty("group") List<TemplateGroup> groups) {}
