package dev.cloister.agent.ssh;

import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.compression.Compression;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.server.ServerBuilder;

/**
 * What is offered: elliptic-curve key exchange, together with ML-KEM for clients that know it, and AES-GCM; no SHA-1,
 * no CBC, no compression. A client takes the first cipher of its own list that is offered, and until OpenSSH 9.9 that
 * list has ChaCha20-Poly1305 and AES-CTR before AES-GCM, which is up to three times faster here and not exposed to prefix
 * truncation (CVE-2023-48795); so the others are not offered. OpenSSH has had AES-GCM since 6.2.
 */
final class Algorithms {
    private Algorithms() {}

    static List<KeyExchangeFactory> keyExchanges() {
        return NamedFactory.setUpTransformedFactories(
                true,
                List.of(
                        new HybridKeyExchange(),
                        BuiltinDHFactories.curve25519,
                        BuiltinDHFactories.curve25519_libssh,
                        BuiltinDHFactories.ecdhp256,
                        BuiltinDHFactories.ecdhp384),
                ServerBuilder.DH2KEX);
    }

    static List<NamedFactory<Cipher>> ciphers() {
        return List.of(BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm);
    }

    /** Without use beside AES-GCM, but the protocol wants a list that both sides share. */
    static List<NamedFactory<Mac>> macs() {
        return List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);
    }

    static List<NamedFactory<Signature>> signatures() {
        return List.of(BuiltinSignatures.nistp256);
    }

    static List<NamedFactory<Compression>> compressions() {
        return List.of(BuiltinCompressions.none);
    }
}
