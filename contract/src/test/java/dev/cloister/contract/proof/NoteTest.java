package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.SigningPairs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NoteTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final NoteSigner log = signer("cloister.example/audit", NoteKey.Use.LOG);
    private final NoteSigner witness = signer("witness.example/w1", NoteKey.Use.COSIGNATURE);

    private static NoteSigner signer(String name, NoteKey.Use use) {
        try {
            return NoteSigner.of(name, use, SigningPairs.decode(SigningPairs.encode(SigningPairs.generate())));
        } catch (MalformedProofException e) {
            throw new AssertionError(e);
        }
    }

    private Checkpoint head(int size) {
        return new Checkpoint(log.key().name(), size, NaiveTree.root(NaiveTree.leaves(size)));
    }

    private SignedNote signed(int size) {
        return log.sign(head(size).text());
    }

    @Test
    void aNoteOfAnotherImplementationIsRead() throws Exception {
        var key = NoteKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        var note = SignedNote.parse("""
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """);

        assertThat(note.isSignedBy(key)).isTrue();
        assertThat(new SignedNote(note.text().replace("your", "my"), note.signatures()).isSignedBy(key))
                .isFalse();
        assertThat(NoteKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
                        .name())
                .isEqualTo("sum.golang.org");
    }

    @Test
    void aCheckpointComesBackAndIsOfItsLogOnly() throws Exception {
        var note = SignedNote.parse(signed(5).toString().getBytes(UTF_8));

        assertThat(Checkpoint.signed(note, NoteKey.parse(log.key().toString()))).isEqualTo(head(5));
        var other = signer(log.key().name(), NoteKey.Use.LOG).key();
        assertThatThrownBy(() -> Checkpoint.signed(note, other)).isInstanceOf(MalformedProofException.class);
        var stranger = log.sign(new Checkpoint("elsewhere.example", 5, Hash.EMPTY_ROOT).text());
        assertThatThrownBy(() -> Checkpoint.signed(stranger, log.key())).isInstanceOf(MalformedProofException.class);
        var larger = new SignedNote(note.text().replace("\n5\n", "\n6\n"), note.signatures());
        assertThatThrownBy(() -> Checkpoint.signed(larger, log.key())).isInstanceOf(MalformedProofException.class);
    }

    @Test
    void aCosignatureSaysWhenAndHoldsForThatTextOnly() throws Exception {
        var note = signed(5);
        var cosignature = witness.cosign(note.text(), NOW);
        var cosigned = SignedNote.parse(note.with(List.of(cosignature)).toString());

        assertThat(cosigned.isSignedBy(witness.key())).isTrue();
        assertThat(cosigned.isSignedBy(log.key())).isTrue();
        assertThat(witness.key().cosignedAt(note.text(), cosignature)).contains(NOW.getEpochSecond());
        assertThat(witness.key().verify(signed(6).text(), cosignature)).isFalse();
        assertThat(log.key().verify(note.text(), cosignature)).isFalse();
        byte[] later = cosignature.signature();
        later[7]++;
        assertThat(witness.key().verify(note.text(), new NoteSignature(cosignature.name(), cosignature.keyId(), later)))
                .isFalse();
    }

    @Test
    void aWitnessFollowsAndRefusesWhatDoesNotContinue() throws Exception {
        var rules = new Witness(log.key(), witness);
        var leaves = NaiveTree.leaves(9);
        var tree = new TiledTree(9, NaiveTree.tiles(leaves));

        assertThat(rules.look(Optional.empty(), signed(5), List.of(), NOW)).isInstanceOf(Witness.Cosigned.class);
        assertThat(rules.look(Optional.of(head(5)), signed(9), tree.consistency(5), NOW))
                .isInstanceOfSatisfying(
                        Witness.Cosigned.class,
                        yes -> assertThat(witness.key().verify(signed(9).text(), yes.signature()))
                                .isTrue());
        assertThat(rules.look(Optional.of(head(5)), signed(5), List.of(), NOW)).isInstanceOf(Witness.Cosigned.class);
        refuses(rules, head(9), signed(5), List.of(), Witness.Refusal.ROLLED_BACK);
        refuses(rules, head(5), signed(9), List.of(), Witness.Refusal.REWRITTEN);
        var forked = log.sign(new Checkpoint(log.key().name(), 5, Hash.leaf(new byte[0])).text());
        refuses(rules, head(5), forked, List.of(), Witness.Refusal.FORKED);
        var forged = signer(log.key().name(), NoteKey.Use.LOG).sign(head(9).text());
        refuses(rules, head(5), forged, tree.consistency(5), Witness.Refusal.FORGED);
    }

    private static void refuses(Witness rules, Checkpoint last, SignedNote note, List<Hash> path, Witness.Refusal why) {
        assertThat(rules.look(Optional.of(last), note, path, NOW))
                .isInstanceOfSatisfying(
                        Witness.Refused.class, no -> assertThat(no.why()).isEqualTo(why));
    }

    @Test
    void aProofFileStandsByItself() throws Exception {
        var leaves = NaiveTree.leaves(9);
        var path = new TiledTree(9, NaiveTree.tiles(leaves)).inclusion(3);
        var written = new ProofFile("entry 3".getBytes(UTF_8), 3, path, signed(9)).toString();

        var read = ProofFile.parse(written);
        assertThat(read.toString()).isEqualTo(written);
        assertThat(read.proves("entry 3".getBytes(UTF_8), log.key())).isTrue();
        assertThat(read.proves("entry 4".getBytes(UTF_8), log.key())).isFalse();
        var moved = new ProofFile(read.extra(), 4, read.path(), read.checkpoint());
        assertThat(moved.proves("entry 3".getBytes(UTF_8), log.key())).isFalse();
        assertThat(new ProofFile(new byte[0], 0, List.of(), signed(1)).proves("entry 0".getBytes(UTF_8), log.key()))
                .isTrue();
    }

    @Test
    void whatIsNotInTheFormIsRefusedAndNothingElseHappens() {
        String good = signed(5).toString();
        String proof = new ProofFile(new byte[] {1}, 3, List.of(Hash.EMPTY_ROOT), signed(9)).toString();
        for (String bad : List.of(
                "",
                "\n",
                "\n\n",
                "a\n\n",
                good.strip(),
                good.replace("\u2014", "-"),
                good + "x",
                good.replace("\n", "\r\n"),
                good + "\u2014 a+b AAAAAAAA\n",
                good + "\u2014  AAAAAAAA\n",
                good + "\u2014 a AAAA\n",
                "a".repeat(70_000) + good)) {
            assertThatThrownBy(() -> SignedNote.parse(bad)).as(bad).isInstanceOf(MalformedProofException.class);
        }
        for (String bad : List.of(
                "",
                "a\n1\n",
                "a\n01\n" + Hash.EMPTY_ROOT + "\n",
                "a\n-1\n" + Hash.EMPTY_ROOT + "\n",
                "a\n1\n" + Hash.EMPTY_ROOT,
                "\n1\n" + Hash.EMPTY_ROOT + "\n",
                "a\n9999999999999999999\n" + Hash.EMPTY_ROOT + "\n",
                "a\n1\nAAAA\n",
                "a\n1\n" + Hash.EMPTY_ROOT + "\n\n\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).as(bad).isInstanceOf(MalformedProofException.class);
        }
        for (String bad : List.of(
                "",
                "a",
                "a+b+c",
                "a+00000000+" + "A".repeat(44),
                log.key() + "A",
                log.key().toString().replace("+", ""),
                "x" + log.key())) {
            assertThatThrownBy(() -> NoteKey.parse(bad)).as(bad).isInstanceOf(MalformedProofException.class);
        }
        for (String bad : List.of(
                proof.replace("@v1", "@v2"),
                proof.replace("index 3", "index 03"),
                proof.replace("index", "indx"),
                proof.replace("extra AQ==", "extra AR=="),
                "index 3\n\n" + good)) {
            assertThatThrownBy(() -> ProofFile.parse(bad)).as(bad).isInstanceOf(MalformedProofException.class);
        }
    }

    @Test
    void randomDamageIsEitherRefusedOrNotSigned() {
        var random = new Random(4);
        byte[] good = signed(5).toString().getBytes(UTF_8);
        for (int round = 0; round < 3000; round++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            boolean accepted;
            try {
                accepted = Checkpoint.signed(SignedNote.parse(bad), log.key()).size() >= 0;
            } catch (MalformedProofException e) {
                accepted = false;
            }
            assertThat(accepted).isFalse();
        }
    }

    @Test
    void aCommitmentHoldsToFieldSaltAndValue() {
        var commitment = new Commitment();
        byte[] salts = new byte[32];
        salts[31] = 1;
        String one = commitment.to("target", salts, 0, "dev".getBytes(UTF_8));
        assertThat(commitment.to("target", salts, 0, "dev".getBytes(UTF_8)))
                .isEqualTo(one)
                .hasSize(43);
        assertThat(commitment.to("target", salts, 16, "dev".getBytes(UTF_8))).isNotEqualTo(one);
        assertThat(commitment.to("actor", salts, 0, "dev".getBytes(UTF_8))).isNotEqualTo(one);
        assertThat(commitment.to("target", salts, 0, "dex".getBytes(UTF_8))).isNotEqualTo(one);
    }
}
