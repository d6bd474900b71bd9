package dev.cloister.contract.api;

import java.util.List;

/** A template that comes with the product. */
public record TemplateExample(
        String id, String url, String name, String description, String icon, List<String> tags, String markdown) {}
