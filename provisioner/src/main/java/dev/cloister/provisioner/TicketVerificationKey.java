package dev.cloister.provisioner;

import java.security.PublicKey;

/** An Ed25519 public key under the name that signed tickets carry. */
public record TicketVerificationKey(String id, PublicKey key) {}
