package dev.cloister.server.notification.webpush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PushCipherTest {
    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    @Test
    void theExampleOfTheSpecificationComesOutAsItIsThere() throws Exception {
        // RFC 8291, 5 and appendix A.
        var own = new KeyPair(
                CurveP256.publicKey(
                        bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6"
                                + "PBru3jl7A8")),
                KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(
                                new BigInteger(1, bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
                                CurveP256.parameters())));
        var browser = CurveP256.publicKey(
                bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));

        byte[] sealed = PushCipher.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII),
                browser,
                bytes("BTBZMqHH6r4Tts7J_aSIgg"),
                own,
                bytes("DGv6ra1nlYgDCS1FRnbzlw"));

        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(sealed))
                .isEqualTo("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                        + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                        + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void theLongestMessageFillsOneRecordAndALongerOneIsRefused() {
        var browser = (ECPublicKey) CurveP256.generate().getPublic();

        assertThat(PushCipher.encrypt(new byte[PushCipher.LONGEST], browser, new byte[16]))
                .hasSize(4096);
        assertThatThrownBy(() -> PushCipher.encrypt(new byte[PushCipher.LONGEST + 1], browser, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoPointOfTheCurveIsNoKey() {
        var point = CurveP256.point((ECPublicKey) CurveP256.generate().getPublic());
        assertThat(CurveP256.point(CurveP256.publicKey(point))).isEqualTo(point);
        point[64] ^= 1;

        assertThatThrownBy(() -> CurveP256.publicKey(point)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CurveP256.publicKey(new byte[65])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CurveP256.publicKey(new byte[64])).isInstanceOf(IllegalArgumentException.class);
    }
}
