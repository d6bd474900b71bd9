package dev.cloister.server.workspace;

import dev.cloister.contract.api.MinimalUser;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;

/** Who can own workspaces in an organization, for somebody who may create them there for anybody. */
final class OwnerRepository {
    List<MinimalUser> find(ReadTx tx, CreatePermit permit, String search, WorkspaceViewRepository.Page page) {
        return tx.query("""
                SELECT u.id, u.username, u.name, u.avatar_url
                FROM users u
                JOIN organization_members m ON m.user_id = u.id AND m.organization_id = :organization
                WHERE NOT u.deleted AND u.status <> 'suspended'
                    AND (u.username ILIKE :search OR u.name ILIKE :search OR u.email ILIKE :search)
                ORDER BY lower(u.username) LIMIT :limit OFFSET :offset""")
                .bind("organization", permit.of(ResourceType.WORKSPACE).organization())
                .bind(
                        "search",
                        "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> new MinimalUser(
                        Columns.id(row, "id"),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("avatar_url")))
                .list();
    }
}
