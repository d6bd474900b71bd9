package dev.cloister.contract.api;

/**
 * Secrets in a file.
 *
 * @param format {@code env}, {@code json} or {@code yaml}
 */
public record ImportUserSecretsRequest(String format, SecretText content) {}
