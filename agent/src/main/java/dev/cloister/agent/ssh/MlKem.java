package dev.cloister.agent.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KEM;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.jspecify.annotations.Nullable;

/** ML-KEM-768 (FIPS 203) by the JDK, with keys as SSH sends them: bare bytes. */
final class MlKem implements KeyEncapsulationMethod {
    static final int PUBLIC_KEY_BYTES = 1184;
    private static final int ENCAPSULATION_BYTES = 1088;

    /** What goes before the bytes of every such key in a SubjectPublicKeyInfo (RFC 9935). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    @Override
    public Client getClient() {
        return new Decapsulating();
    }

    @Override
    public Server getServer() {
        return new Encapsulating();
    }

    private static final class Encapsulating implements Server {
        private KEM.@Nullable Encapsulated encapsulated;

        @Override
        public int getPublicKeyLength() {
            return PUBLIC_KEY_BYTES;
        }

        /** Takes the client's key from the front, and returns what follows it. */
        @Override
        public byte[] init(byte[] message) {
            if (message.length < PUBLIC_KEY_BYTES) {
                throw new IllegalArgumentException("the client's ML-KEM key is too short");
            }
            var encoded = Arrays.copyOf(PREFIX, PREFIX.length + PUBLIC_KEY_BYTES);
            System.arraycopy(message, 0, encoded, PREFIX.length, PUBLIC_KEY_BYTES);
            try {
                var key = KeyFactory.getInstance("ML-KEM").generatePublic(new X509EncodedKeySpec(encoded));
                encapsulated = KEM.getInstance("ML-KEM").newEncapsulator(key).encapsulate();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the client's ML-KEM key is not valid", e);
            }
            return Arrays.copyOfRange(message, PUBLIC_KEY_BYTES, message.length);
        }

        @Override
        public byte[] getSecret() {
            return secret(done());
        }

        @Override
        public byte[] getEncapsulation() {
            return done().encapsulation();
        }

        private KEM.Encapsulated done() {
            if (encapsulated == null) {
                throw new IllegalStateException("there is no key of a client yet");
            }
            return encapsulated;
        }

        private static byte[] secret(KEM.Encapsulated encapsulated) {
            return encapsulated.key().getEncoded();
        }
    }

    private static final class Decapsulating implements Client {
        private @Nullable KeyPair pair;

        @Override
        public void init() {
            try {
                var generator = KeyPairGenerator.getInstance("ML-KEM");
                generator.initialize(NamedParameterSpec.ML_KEM_768);
                pair = generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no ML-KEM-768", e);
            }
        }

        private KeyPair made() {
            if (pair == null) {
                throw new IllegalStateException("there is no key yet");
            }
            return pair;
        }

        @Override
        public byte[] getPublicKey() {
            var encoded = made().getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - PUBLIC_KEY_BYTES, encoded.length);
        }

        @Override
        public int getEncapsulationLength() {
            return ENCAPSULATION_BYTES;
        }

        @Override
        public byte[] extractSecret(byte[] encapsulated) {
            try {
                var decapsulator = KEM.getInstance("ML-KEM").newDecapsulator(made().getPrivate());
                return decapsulator
                        .decapsulate(Arrays.copyOf(encapsulated, ENCAPSULATION_BYTES))
                        .getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the server's ML-KEM answer is not valid", e);
            }
        }
    }
}
