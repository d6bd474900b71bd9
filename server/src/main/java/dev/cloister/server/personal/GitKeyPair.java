package dev.cloister.server.personal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/** A new Ed25519 key pair in the forms that OpenSSH reads. */
record GitKeyPair(String publicKey, Secret privateKey) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LINE = 70;

    static GitKeyPair generate() {
        var hidden = new Ed25519PrivateKeyParameters(RANDOM);
        try {
            byte[] open = OpenSSHPublicKeyUtil.encodePublicKey(hidden.generatePublicKey());
            byte[] encoded = OpenSSHPrivateKeyUtil.encodePrivateKey(hidden);
            return new GitKeyPair(
                    "ssh-ed25519 " + Base64.getEncoder().encodeToString(open) + "\n", Secret.of(pem(encoded)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public half as the SSH protocol writes it. */
    static byte[] blob(String publicKey) {
        return Base64.getDecoder().decode(publicKey.strip().split(" ")[1]);
    }

    /** As people know a key: {@code SHA256:} and its hash. */
    static String fingerprint(byte[] blob) {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(Sha256.of(blob));
    }

    /** A signature as the SSH protocol writes it (RFC 8709, 6). */
    static byte[] sign(Secret privateKey, byte[] data) {
        String body = privateKey.reveal().replaceAll("-----[A-Z ]+-----", "");
        var key = (Ed25519PrivateKeyParameters) OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(
                Base64.getMimeDecoder().decode(body));
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(data, 0, data.length);
        byte[] signature = signer.generateSignature();
        byte[] type = "ssh-ed25519".getBytes(US_ASCII);
        return ByteBuffer.allocate(2 * Integer.BYTES + type.length + signature.length)
                .putInt(type.length)
                .put(type)
                .putInt(signature.length)
                .put(signature)
                .array();
    }

    private static String pem(byte[] encoded) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(encoded);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }
}
