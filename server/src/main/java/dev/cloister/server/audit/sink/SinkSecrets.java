package dev.cloister.server.audit.sink;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** The secrets of sinks between their names and the one encrypted value that a row has. */
record SinkSecrets(SinkVault vault) {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    /** Encrypted, in Base64. */
    Secret sealed(UUID sink, Map<String, Secret> secrets) {
        var texts = new TreeMap<String, String>();
        secrets.forEach((name, secret) -> texts.put(name, secret.reveal()));
        byte[] plain = ApiJson.mapper().writeValueAsBytes(texts);
        return Secret.of(Base64.getEncoder().encodeToString(vault.encrypt(sink, plain)));
    }

    Map<String, Secret> of(Sink sink) {
        byte[] stored = Base64.getDecoder().decode(sink.secrets().reveal());
        return ApiJson.mapper().readValue(vault.decrypt(sink.id(), stored), TEXTS).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue())));
    }
}
