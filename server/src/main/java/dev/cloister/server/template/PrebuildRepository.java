package dev.cloister.server.template;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;

/** The row that holds the switch for prepared workspaces. */
final class PrebuildRepository {
    PrebuildsSwitch get(ReadTx tx) {
        return tx.query("SELECT reconciliation_paused FROM prebuilds_settings")
                .mapTo(Boolean.class)
                .map(PrebuildsSwitch::new)
                .one();
    }

    /** The row, locked until the transaction ends. */
    PrebuildsSwitch lock(WriteTx tx) {
        return tx.query("SELECT reconciliation_paused FROM prebuilds_settings FOR UPDATE")
                .mapTo(Boolean.class)
                .map(PrebuildsSwitch::new)
                .one();
    }

    void update(WriteTx tx, PrebuildsSwitch settings) {
        tx.update("UPDATE prebuilds_settings SET reconciliation_paused = :paused")
                .bind("paused", settings.reconciliationPaused())
                .execute();
    }
}
