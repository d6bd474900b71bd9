package dev.cloister.agent.bootstrap;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.crypto.KeyAgreement;

/** The workspace's SSH host key, ECDSA on P-256, made whole from its private half where that is all there is. */
final class HostKey {
    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private HostKey() {}

    /**
     * @param point the public half, uncompressed; empty if it is to be found
     * @throws IllegalArgumentException unless this is a private key on P-256 in PKCS #8, and a point on the curve
     */
    static KeyPair read(byte[] pkcs8, byte[] point) {
        try {
            var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!(key instanceof ECPrivateKey secret)
                    || !secret.getParams().getOrder().equals(p256().getOrder())) {
                throw new IllegalArgumentException("the SSH host key is not on P-256");
            }
            return new KeyPair(point.length == 0 ? publicKey(secret) : publicKey(point), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the SSH host key cannot be read", e);
        }
    }

    private static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        if (point.length != 2 * COORDINATE_BYTES + 1 || point[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("the public SSH host key is not an uncompressed point of P-256");
        }
        var x = new BigInteger(1, point, 1, COORDINATE_BYTES);
        var y = new BigInteger(1, point, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        var curve = p256();
        var prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        if (!y.multiply(y).mod(prime).equals(square(curve, x))) {
            throw new IllegalArgumentException("the public SSH host key is not on P-256");
        }
        return point(curve, new ECPoint(x, y));
    }

    /**
     * The public point. The JDK multiplies points only inside a key agreement, which tells the x coordinate: agreeing
     * with the generator gives that of the public key, and a signature tells which of the two y is right.
     */
    private static PublicKey publicKey(ECPrivateKey secret) throws GeneralSecurityException {
        var curve = p256();
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(secret);
        agreement.doPhase(point(curve, curve.getGenerator()), true);
        var x = new BigInteger(1, agreement.generateSecret());
        var y = squareRoot(curve, x);
        var prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        for (var candidate : new BigInteger[] {y, prime.subtract(y)}) {
            var key = point(curve, new ECPoint(x, candidate));
            if (belongs(secret, key)) {
                return key;
            }
        }
        throw new IllegalArgumentException("the SSH host key is inconsistent");
    }

    private static BigInteger squareRoot(ECParameterSpec curve, BigInteger x) {
        var prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        // The prime of P-256 is 3 modulo 4.
        return square(curve, x).modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    }

    /** What the square of y must be. */
    private static BigInteger square(ECParameterSpec curve, BigInteger x) {
        var prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        return x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(prime);
    }

    private static boolean belongs(ECPrivateKey secret, PublicKey key) throws GeneralSecurityException {
        var probe = new byte[] {1};
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(secret);
        signer.update(probe);
        var signature = signer.sign();
        signer.initVerify(key);
        signer.update(probe);
        return signer.verify(signature);
    }

    private static ECPublicKey point(ECParameterSpec curve, ECPoint point) throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
