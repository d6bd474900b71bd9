import { Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { siteChecks, usePermissions } from "@/api/permissions";
import type { User } from "@/api/types";
import { deleteUser, userQuery } from "@/api/users";
import { loginName, userLook } from "@/modules/people";
import { useMe } from "@/modules/session";
import { ActionButton } from "@/ui/ActionButton";
import { Facts } from "@/ui/Facts";
import { refusal } from "@/ui/GuardedButton";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Status } from "@/ui/Status";
import { Time } from "@/ui/Time";
import { StatusButton } from "../users/StatusButton";
import { EffectiveRights } from "./EffectiveRights";
import { Memberships } from "./Memberships";
import { ResetPassword } from "./ResetPassword";
import { SiteRoles } from "./SiteRoles";

const route = getRouteApi("/signed-in/shell/users/$user");

export function UserPage() {
  const { user: name } = route.useParams();
  const user = useQuery(userQuery(name));
  return (
    <QueryView query={user} order={1}>
      {(data) => <View user={data} />}
    </QueryView>
  );
}

function View({ user }: { user: User }) {
  const may = usePermissions(siteChecks);
  return (
    <Page
      title={user.username}
      intro={
        <Group gap="sm">
          <Status look={userLook(user.status)} />
          {user.name}
        </Group>
      }
      actions={
        <Group gap="xs">
          <ResetPassword user={user} mayUpdate={may?.updateUsers} />
          <StatusButton user={user} mayUpdate={may?.updateUsers} />
          <DeleteButton user={user} mayDelete={may?.deleteUsers} />
        </Group>
      }
    >
      <Stack>
        <Section title="Account">
          <Facts
            entries={[
              ["E-mail", user.email],
              [
                "Signs in by",
                user.is_service_account ? "Tokens only, a service account" : loginName(user.login_type),
              ],
              ["Created", <Time key="created" value={user.created_at} />],
              ["Last seen", <Time key="seen" value={user.last_seen_at} />],
            ]}
          />
        </Section>
        <SiteRoles user={user} mayAssign={may?.assignRoles} />
        <Memberships user={user} />
        <EffectiveRights user={user.username} />
      </Stack>
    </Page>
  );
}

function DeleteButton({ user, mayDelete }: { user: User; mayDelete: boolean | undefined }) {
  const me = useMe();
  const navigate = useNavigate();
  return (
    <ActionButton
      deed="Delete"
      title={`Delete ${user.username}?`}
      danger
      typed={user.username}
      reason={
        refusal(mayDelete, "delete accounts") ??
        (user.id === me.id ? "You cannot delete your own account." : undefined)
      }
      run={() => deleteUser(user.id)}
      done={`${user.username} is deleted.`}
      onDone={() => void navigate({ to: "/users" })}
      refresh={[["users"]]}
    >
      The account ends for ever, with its sessions and tokens. The server refuses while it still owns
      workspaces.
    </ActionButton>
  );
}
