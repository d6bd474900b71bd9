package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/** What a browser refused to load, as it reports it. */
public record CspReport(@JsonProperty("csp-report") Map<String, Object> report) {}
