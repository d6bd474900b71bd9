package dev.cloister.contract.api;

import java.util.List;

/** How the server listens with TLS. */
public record TLSConfig(
        boolean enable,
        HostPort address,
        List<String> certFile,
        List<String> keyFile,
        String minVersion,
        boolean redirectHttp) {}
