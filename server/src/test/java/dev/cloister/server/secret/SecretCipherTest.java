package dev.cloister.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretCipherTest {
    private static final SecretPlace PLACE = new SecretPlace("user_secrets", "value", "1");

    @TempDir
    Path directory;

    @Test
    void whatWasEncryptedForAPlaceIsReadThereAndNowhereElse() {
        var cipher = new SecretCipher(MasterKeys.random());
        byte[] stored = cipher.encrypt(PLACE, Secret.of("hunter2"));

        assertThat(cipher.decryptText(PLACE, stored)).isEqualTo(Secret.of("hunter2"));
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> cipher.decrypt(new SecretPlace("user_secrets", "value", "2"), stored))
                .isInstanceOf(SecretCipher.UnreadableException.class);
        assertThatThrownBy(() -> cipher.decrypt(new SecretPlace("git_ssh_keys", "value", "1"), stored))
                .isInstanceOf(SecretCipher.UnreadableException.class);
    }

    @Test
    void theSameTextIsNeverTheSameBytes() {
        var cipher = new SecretCipher(MasterKeys.random());

        assertThat(cipher.encrypt(PLACE, Secret.of("a"))).isNotEqualTo(cipher.encrypt(PLACE, Secret.of("a")));
    }

    @Test
    void everyChangedByteIsNoticed() {
        var cipher = new SecretCipher(MasterKeys.random());
        byte[] stored = cipher.encrypt(PLACE, Secret.of("hunter2"));

        for (int i = 0; i < stored.length; i++) {
            byte[] changed = stored.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(PLACE, changed))
                    .as("byte %d", i)
                    .isInstanceOf(SecretCipher.UnreadableException.class);
        }
        assertThatThrownBy(() -> cipher.decrypt(PLACE, new byte[3]))
                .isInstanceOf(SecretCipher.UnreadableException.class);
    }

    @Test
    void aNewFirstKeyReadsWhatTheOlderOneWroteAndSaysThatItIsOutdated() throws IOException {
        String older = MasterKey.generate();
        var before = new SecretCipher(MasterKeys.of(Secret.of(older)));
        var after = new SecretCipher(MasterKeys.of(Secret.of(MasterKey.generate() + "," + older)));
        byte[] stored = before.encrypt(PLACE, Secret.of("hunter2"));

        assertThat(after.decryptText(PLACE, stored)).isEqualTo(Secret.of("hunter2"));
        assertThat(after.isOutdated(stored)).isTrue();
        assertThat(after.isOutdated(after.encrypt(PLACE, Secret.of("x")))).isFalse();
        assertThatThrownBy(() -> new SecretCipher(MasterKeys.random()).decrypt(PLACE, stored))
                .hasMessageContaining("master key that this server has not");
    }

    @Test
    void theFileIsMadeForItsOwnerAloneAndReadAgain() throws IOException {
        Path file = directory.resolve("master.key");
        byte[] stored = new SecretCipher(MasterKeys.in(file)).encrypt(PLACE, Secret.of("hunter2"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new SecretCipher(MasterKeys.in(file)).decryptText(PLACE, stored))
                .isEqualTo(Secret.of("hunter2"));
    }

    @Test
    void aFileThatOthersCanReadOrThatHoldsNoKeyIsRefused() throws IOException {
        Path open = Files.writeString(directory.resolve("open.key"), MasterKey.generate());
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path wrong = Files.writeString(directory.resolve("wrong.key"), "not a key\n");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> MasterKeys.in(open)).hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> MasterKeys.in(wrong))
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining("not a key");
    }
}
