package dev.cloister.contract.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.ticket.TicketRefused.Reason;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TicketVerifierTest {
    private static final UUID AGENT = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyPair KEYS = newKeys();

    private final TicketVerifier verifier = verifierAt(NOW);

    @Test
    void aTicketFromTheIssuerOpensItsChannelAndNamesTheUser() throws Exception {
        var ticket = verifier.verify(issued(grant()), Channel.SSH, 0);

        assertThat(ticket.getUsername()).isEqualTo("ada");
        assertThat(ticket.getExpiresAtMs() - ticket.getIssuedAtMs()).isEqualTo(60_000);
    }

    @Test
    void aTicketIsUsedOnce() throws Exception {
        var signed = issued(grant());
        verifier.verify(signed, Channel.SSH, 0);

        refused(Reason.USED_BEFORE, signed, Channel.SSH, 0);
    }

    @Test
    void aRefusedTicketIsNotUsedUp() throws Exception {
        var signed = issued(grant());
        refused(Reason.OTHER_CHANNEL, signed, Channel.TERMINAL, 0);

        assertThat(verifier.verify(signed, Channel.SSH, 0).getUsername()).isEqualTo("ada");
    }

    @Test
    void anExpiredTicketIsRefused() {
        var signed = issued(grant());
        var later = verifierAt(NOW.plus(Tickets.LIFE).plus(Tickets.SKEW).plusMillis(1));

        refused(later, Reason.EXPIRED, signed, Channel.SSH, 0);
    }

    @Test
    void clocksMayBeApartByTheSkew() throws Exception {
        var late = verifierAt(NOW.plus(Tickets.LIFE).plus(Tickets.SKEW));
        var early = verifierAt(NOW.minus(Tickets.SKEW));

        assertThat(late.verify(issued(grant()), Channel.SSH, 0)).isNotNull();
        assertThat(early.verify(issued(grant()), Channel.SSH, 0)).isNotNull();
        refused(
                verifierAt(NOW.minus(Tickets.SKEW).minusMillis(1)),
                Reason.NOT_YET_VALID,
                issued(grant()),
                Channel.SSH,
                0);
    }

    @Test
    void aTicketThatClaimsALongLifeIsRefusedEvenIfSigned() {
        var ticket = grant().toBuilder()
                .setId("x")
                .setIssuedAtMs(NOW.toEpochMilli())
                .setExpiresAtMs(NOW.plus(Duration.ofHours(1)).toEpochMilli())
                .build();

        refused(Reason.LIVES_TOO_LONG, Tickets.sign(ticket, "k1", KEYS.getPrivate()), Channel.SSH, 0);
    }

    @Test
    void timesThatOverflowDoNotPass() {
        for (long[] times : List.of(
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
                new long[] {Long.MAX_VALUE, Long.MIN_VALUE},
                new long[] {Long.MAX_VALUE, Long.MAX_VALUE},
                new long[] {0, Long.MAX_VALUE},
                new long[] {Long.MIN_VALUE, NOW.toEpochMilli()})) {
            var ticket = grant().toBuilder()
                    .setId("x")
                    .setIssuedAtMs(times[0])
                    .setExpiresAtMs(times[1])
                    .build();

            assertThatThrownBy(() -> verifier.verify(Tickets.sign(ticket, "k1", KEYS.getPrivate()), Channel.SSH, 0))
                    .as("%s", times)
                    .isInstanceOf(TicketRefused.class);
        }
    }

    @Test
    void aTicketForAnotherAgentIsRefused() {
        var other =
                grant().toBuilder().setAgentId(UuidBytes.of(UUID.randomUUID())).build();

        refused(Reason.OTHER_AGENT, issued(other), Channel.SSH, 0);
    }

    @Test
    void aChannelTheTicketDoesNotNameIsRefused() {
        refused(Reason.OTHER_CHANNEL, issued(grant()), Channel.TERMINAL, 0);
        refused(Reason.OTHER_CHANNEL, issued(grant()), Channel.CHANNEL_UNSPECIFIED, 0);
        refused(Reason.OTHER_CHANNEL, issued(grant()), Channel.UNRECOGNIZED, 0);
    }

    @Test
    void onlyTheListedPortsOpen() throws Exception {
        var grant = grant().toBuilder().addChannels(Channel.PORT).addPorts(8080).build();

        assertThat(verifier.verify(issued(grant), Channel.PORT, 8080)).isNotNull();
        refused(Reason.OTHER_PORT, issued(grant), Channel.PORT, 8081);
        refused(Reason.OTHER_PORT, issued(grant), Channel.PORT, 0);
    }

    @Test
    void anEmptyPortListMeansAnyRealPort() throws Exception {
        var grant = grant().toBuilder().addChannels(Channel.PORT).build();

        assertThat(verifier.verify(issued(grant), Channel.PORT, 1)).isNotNull();
        refused(Reason.OTHER_PORT, issued(grant), Channel.PORT, 0);
        refused(Reason.OTHER_PORT, issued(grant), Channel.PORT, 65_536);
        refused(Reason.OTHER_PORT, issued(grant), Channel.PORT, -1);
    }

    @Test
    void aSignatureByAnotherKeyIsRefused() {
        var ticket = issued(grant());
        var foreign = new TicketIssuer("k1", newKeys().getPrivate(), Clock.fixed(NOW, ZoneOffset.UTC)).issue(grant());

        refused(Reason.BAD_SIGNATURE, foreign, Channel.SSH, 0);
        refused(Reason.UNKNOWN_KEY, ticket.toBuilder().setKeyId("k2").build(), Channel.SSH, 0);
        refused(Reason.UNKNOWN_KEY, SignedTicket.getDefaultInstance(), Channel.SSH, 0);
    }

    @Test
    void aSignatureWithoutTheLabelIsRefused() throws Exception {
        var bytes = grant().toByteArray();
        var signer = java.security.Signature.getInstance("Ed25519");
        signer.initSign(KEYS.getPrivate());
        signer.update(bytes);
        var signed = SignedTicket.newBuilder()
                .setKeyId("k1")
                .setTicket(ByteString.copyFrom(bytes))
                .setSignature(ByteString.copyFrom(signer.sign()))
                .build();

        refused(Reason.BAD_SIGNATURE, signed, Channel.SSH, 0);
    }

    @Test
    void noFlippedBitPasses() {
        var random = new Random(42);
        var genuine = issued(grant());
        for (int i = 0; i < 500; i++) {
            var ticket = genuine.getTicket().toByteArray();
            var signature = genuine.getSignature().toByteArray();
            var target = random.nextBoolean() ? ticket : signature;
            target[random.nextInt(target.length)] ^= (byte) (1 << random.nextInt(8));
            var forged = genuine.toBuilder()
                    .setTicket(ByteString.copyFrom(ticket))
                    .setSignature(ByteString.copyFrom(signature))
                    .build();

            refused(Reason.BAD_SIGNATURE, forged, Channel.SSH, 0);
        }
    }

    @Test
    void signaturesOfAnyLengthAreRefusedInOrder() {
        var genuine = issued(grant());
        for (int length : new int[] {0, 1, 63, 65, 4096}) {
            var forged = genuine.toBuilder()
                    .setSignature(ByteString.copyFrom(new byte[length]))
                    .build();

            refused(Reason.BAD_SIGNATURE, forged, Channel.SSH, 0);
        }
    }

    @Test
    void signedNonsenseIsRefused() throws Exception {
        var bytes = new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff};
        var signer = java.security.Signature.getInstance("Ed25519");
        signer.initSign(KEYS.getPrivate());
        signer.update("cloister-ticket-v1\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        signer.update(bytes);
        var signed = SignedTicket.newBuilder()
                .setKeyId("k1")
                .setTicket(ByteString.copyFrom(bytes))
                .setSignature(ByteString.copyFrom(signer.sign()))
                .build();

        refused(Reason.MALFORMED, signed, Channel.SSH, 0);
    }

    @Test
    void aFloodOfTicketsIsBounded() throws Exception {
        var spent = new SpentTickets();
        for (int i = 0; i < SpentTickets.MOST; i++) {
            spent.spend("t" + i, 1_000, 0);
        }

        assertThatThrownBy(() -> spent.spend("more", 1_000, 0))
                .isInstanceOfSatisfying(
                        TicketRefused.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY));
        spent.spend("more", 3_000, 1_001);
    }

    private void refused(Reason reason, SignedTicket signed, Channel channel, int port) {
        refused(verifier, reason, signed, channel, port);
    }

    private static void refused(TicketVerifier at, Reason reason, SignedTicket signed, Channel channel, int port) {
        assertThatThrownBy(() -> at.verify(signed, channel, port))
                .isInstanceOfSatisfying(
                        TicketRefused.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static SignedTicket issued(Ticket grant) {
        return new TicketIssuer("k1", KEYS.getPrivate(), Clock.fixed(NOW, ZoneOffset.UTC)).issue(grant);
    }

    private static TicketVerifier verifierAt(Instant now) {
        return new TicketVerifier(
                List.of(Tickets.publicKey("k1", KEYS.getPublic())), AGENT, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Ticket grant() {
        return Ticket.newBuilder()
                .setUserId(UuidBytes.of(UUID.randomUUID()))
                .setUsername("ada")
                .setSessionId("s1")
                .setAgentId(UuidBytes.of(AGENT))
                .addChannels(Channel.SSH)
                .build();
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
