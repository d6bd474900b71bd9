package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Secret;

/** What a JDBC connection needs; the URL holds no password. */
public record PostgresLogin(String jdbcUrl, String username, Secret password) {}
