package dev.cloister.server.personal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
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

    private static String pem(byte[] encoded) {
        String text = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(encoded);
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }
}
