package dev.cloister.server.personal;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of people's skills. */
public final class UserSkillRepository {
    private static final String SELECT =
            "SELECT id, user_id, name, description, content, created_at, updated_at FROM user_skills WHERE user_id = :user";

    private static UUID owner(OwnedPermit permit, Action use) {
        return permit.ownerFor(use, ResourceType.USER_SKILL);
    }

    List<UserSkillRecord> list(ReadTx tx, OwnedPermit permit) {
        return tx.query(SELECT + " ORDER BY name LIMIT 1000")
                .bind("user", owner(permit, Action.READ))
                .map(UserSkillRepository::skill)
                .list();
    }

    Optional<UserSkillRecord> find(ReadTx tx, OwnedPermit permit, Action use, String name) {
        return tx.query(SELECT + " AND name = :name")
                .bind("user", owner(permit, use))
                .bind("name", name)
                .map(UserSkillRepository::skill)
                .findOne();
    }

    /** How many there are, with the person locked so that the number holds; -1 for nobody. */
    int countLocked(WriteTx tx, OwnedPermit permit) {
        UUID user = owner(permit, Action.CREATE);
        var locked = tx.query("SELECT id FROM users WHERE id = :user AND NOT deleted FOR UPDATE")
                .bind("user", user)
                .mapTo(UUID.class)
                .findOne();
        return locked.isEmpty()
                ? -1
                : tx.query("SELECT count(*) FROM user_skills WHERE user_id = :user")
                        .bind("user", user)
                        .mapTo(Integer.class)
                        .one();
    }

    void insert(WriteTx tx, OwnedPermit permit, UserSkillRecord skill) {
        tx.update("""
                INSERT INTO user_skills (id, user_id, name, description, content, created_at, updated_at)
                VALUES (:id, :user, :name, :description, :content, :created, :created)""")
                .bind("id", skill.id())
                .bind("user", owner(permit, Action.CREATE))
                .bind("name", skill.name())
                .bind("description", skill.description())
                .bind("content", skill.content())
                .bind("created", skill.createdAt())
                .execute();
    }

    void update(WriteTx tx, OwnedPermit permit, UserSkillRecord skill) {
        tx.update("""
                UPDATE user_skills SET name = :name, description = :description, content = :content,
                    updated_at = :updated
                WHERE id = :id AND user_id = :user""")
                .bind("id", skill.id())
                .bind("user", owner(permit, Action.UPDATE))
                .bind("name", skill.name())
                .bind("description", skill.description())
                .bind("content", skill.content())
                .bind("updated", skill.updatedAt())
                .execute();
    }

    void delete(WriteTx tx, OwnedPermit permit, UserSkillRecord skill) {
        tx.update("DELETE FROM user_skills WHERE id = :id AND user_id = :user")
                .bind("id", skill.id())
                .bind("user", owner(permit, Action.DELETE))
                .execute();
    }

    private static UserSkillRecord skill(ResultSet row, StatementContext context) throws SQLException {
        return new UserSkillRecord(
                Columns.id(row, "id"),
                new UserId(Columns.id(row, "user_id")),
                row.getString("name"),
                row.getString("description"),
                row.getString("content"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
