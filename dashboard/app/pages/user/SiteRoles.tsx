import { useQuery, useQueryClient } from "@tanstack/react-query";
import { rolesQuery } from "@/api/roles";
import type { User } from "@/api/types";
import { setUserRoles } from "@/api/users";
import { notifyDone } from "@/modules/notify";
import { useMe } from "@/modules/session";
import { refusal } from "@/ui/GuardedButton";
import { Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { RolePicker } from "@/ui/RolePicker";

/** What somebody may do everywhere. */
export function SiteRoles({ user, mayAssign }: { user: User; mayAssign: boolean | undefined }) {
  const me = useMe();
  const client = useQueryClient();
  const roles = useQuery(rolesQuery("site"));
  const save = async (names: string[]) => {
    await setUserRoles(user.id, names);
    notifyDone("The roles are saved.");
    await client.invalidateQueries({ queryKey: ["users"] });
  };
  return (
    <Section title="Roles on the whole site">
      <QueryView query={roles}>
        {(list) => (
          <RolePicker
            key={user.roles.map((role) => role.name).join()}
            roles={list}
            given={user.roles}
            reason={
              refusal(mayAssign, "give roles") ??
              (user.id === me.id ? "You cannot change your own roles." : undefined)
            }
            onSave={save}
          />
        )}
      </QueryView>
    </Section>
  );
}
