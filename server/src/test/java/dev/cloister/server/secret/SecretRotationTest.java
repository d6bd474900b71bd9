package dev.cloister.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.Secret;
import dev.cloister.server.testing.TestApi;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecretRotationTest {
    private static final SecretColumn COLUMN = new SecretColumn("rotated", "value", "id::text");
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi();
        api.database.execute("CREATE TABLE rotated (id integer PRIMARY KEY, value bytea)");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void aServerWithAnotherMasterKeyDoesNotStartAndOneWithBothDoes() throws Exception {
        String first = MasterKey.generate();
        String second = MasterKey.generate();
        require(first);

        assertThatThrownBy(() -> require(second)).hasMessageContaining("another master key");
        require(second + "," + first);
        require(second);
    }

    private static void require(String keys) throws Exception {
        MasterKeyCheck.require(api.transactions, new SecretCipher(MasterKeys.of(Secret.of(keys))), Clock.systemUTC());
    }

    @Test
    void everythingIsEncryptedAgainWithTheFirstKey() throws Exception {
        String older = MasterKey.generate();
        String newer = MasterKey.generate();
        var before = new SecretCipher(MasterKeys.of(Secret.of(older)));
        for (int i = 0; i < 450; i++) {
            byte[] stored = before.encrypt(COLUMN.at(i), Secret.of("secret " + i));
            api.database.execute("INSERT INTO rotated VALUES (" + i + ", '\\x"
                    + HexFormat.of().formatHex(stored) + "')");
        }

        var both = new SecretCipher(MasterKeys.of(Secret.of(newer + "," + older)));
        int renewed = new SecretRotation(api.transactions, both).run(List.of(COLUMN));

        var after = new SecretCipher(MasterKeys.of(Secret.of(newer)));
        var stored = api.transactions.read(tx -> new SecretRepository().after(tx, COLUMN, "", 1000));
        assertThat(renewed).isEqualTo(450);
        assertThat(stored)
                .hasSize(450)
                .allSatisfy(row -> assertThat(after.decryptText(COLUMN.at(row.row()), row.value())
                                .reveal())
                        .isEqualTo("secret " + row.row()));
        assertThat(new SecretRotation(api.transactions, both).run(List.of(COLUMN)))
                .isZero();
    }
}
