package dev.cloister.agent.ssh;

import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.digest.Digest;
import org.apache.sshd.common.kex.AbstractDH;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.kex.MontgomeryCurve;
import org.apache.sshd.common.kex.XDH;

/**
 * {@code mlkem768x25519-sha256}, the default of OpenSSH since 9.9: X25519 together with ML-KEM-768, so that a recorded
 * session stays closed to a later quantum computer. The library's own needs Bouncy Castle, half the agent's memory; this
 * one is the JDK's.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-sshm-mlkem-hybrid-kex/">the draft</a>
 */
final class HybridKeyExchange implements DHFactory {
    static final String NAME = "mlkem768x25519-sha256";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isGroupExchange() {
        return false;
    }

    @Override
    public boolean isSupported() {
        return MontgomeryCurve.x25519.isSupported();
    }

    @Override
    public AbstractDH create(Object... parameters) throws Exception {
        return new XDH(MontgomeryCurve.x25519, true) {
            @Override
            public KeyEncapsulationMethod getKeyEncapsulation() {
                return new MlKem();
            }

            @Override
            public Digest getHash() throws Exception {
                return BuiltinDigests.sha256.create();
            }
        };
    }
}
