package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.sandbox.WorkspaceDirectory.Durability;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key by which a workspace proves itself to SSH clients: random, and kept with the workspace for its whole life.
 */
final class HostKey {
    private static final String TYPE = "ecdsa-sha2-nistp256";
    private static final String CURVE = "nistp256";
    private static final int COORDINATE_BYTES = 32;

    private final byte[] pkcs8;
    private final String publicLine;

    private HostKey(byte[] pkcs8, String publicLine) {
        this.pkcs8 = pkcs8.clone();
        this.publicLine = publicLine;
    }

    /** The private part; it leaves the host for the agent's standard input only. */
    byte[] pkcs8() {
        return pkcs8.clone();
    }

    /** The public part as an uncompressed point, which is the last that its line holds. */
    byte[] point() {
        var wire =
                Base64.getDecoder().decode(publicLine.substring(TYPE.length()).strip());
        return Arrays.copyOfRange(wire, wire.length - 2 * COORDINATE_BYTES - 1, wire.length);
    }

    /** As in {@code known_hosts}: type and Base64. */
    String publicLine() {
        return publicLine;
    }

    /** The workspace's key, made if it has none. */
    static HostKey of(WorkspaceDirectory directory) throws IOException {
        var privateFile = directory.file("ssh_host_key");
        var publicFile = directory.file("ssh_host_key.pub");
        var publicLine = directory.read(publicFile);
        // Both complete: a machine that lost its power may have left one empty.
        if (Files.exists(privateFile)
                && Files.size(privateFile) > 0
                && publicLine.isPresent()
                && !publicLine.get().isBlank()) {
            return new HostKey(Files.readAllBytes(privateFile), publicLine.get().strip());
        }
        var key = generate();
        // The private part last: once it is there, both are.
        directory.write(publicFile, key.publicLine() + "\n", Durability.NORMAL);
        directory.write(privateFile, key.pkcs8(), "rw-------", Durability.NORMAL);
        return key;
    }

    private static HostKey generate() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            var encoded = Base64.getEncoder().encodeToString(wireFormat((ECPublicKey) pair.getPublic()));
            return new HostKey(pair.getPrivate().getEncoded(), TYPE + " " + encoded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    /** RFC 5656, 3.1. */
    private static byte[] wireFormat(ECPublicKey key) throws IOException {
        var point = new ByteArrayOutputStream();
        point.write(4);
        point.writeBytes(coordinate(key.getW().getAffineX()));
        point.writeBytes(coordinate(key.getW().getAffineY()));
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var part : new byte[][] {
            TYPE.getBytes(StandardCharsets.US_ASCII), CURVE.getBytes(StandardCharsets.US_ASCII), point.toByteArray()
        }) {
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        var bytes = number.toByteArray();
        var padded = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return padded;
    }
}
