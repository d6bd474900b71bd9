import { Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { siteChecks, usePermissions } from "@/api/permissions";
import { usersQuery } from "@/api/users";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { SearchField } from "@/ui/SearchField";
import { EmptyState, Forbidden, Loading } from "@/ui/States";
import { CreateUserDialog } from "./CreateUserDialog";
import { UserTable } from "./UserTable";

const route = getRouteApi("/signed-in/shell/users");
const PAGE_SIZE = 25;

export function UsersPage() {
  const may = usePermissions(siteChecks)?.readUsers;
  if (may === undefined) return <Loading />;
  return may ? <Users /> : <Forbidden what="see all accounts" />;
}

function Users() {
  const { q = "", page = 1 } = route.useSearch();
  const navigate = useNavigate({ from: "/users" });
  const may = usePermissions(siteChecks);
  const [creating, dialog] = useDisclosure(false);
  const users = useQuery(usersQuery(q, PAGE_SIZE, (page - 1) * PAGE_SIZE));
  return (
    <Page
      title="Users"
      actions={
        <GuardedButton reason={refusal(may?.createUsers, "create accounts")} onClick={dialog.open}>
          Create user
        </GuardedButton>
      }
    >
      <Group mb="md">
        <SearchField
          label="Search users"
          placeholder="Name or e-mail, or status:suspended"
          value={q}
          onSearch={(next) => void navigate({ search: { q: next || undefined } })}
        />
      </Group>
      <QueryView query={users}>
        {({ users: list, count }) =>
          list.length === 0 ? (
            <EmptyState title="Nobody matches">Try another name, or fewer conditions.</EmptyState>
          ) : (
            <>
              <UserTable users={list} mayUpdate={may?.updateUsers} stale={users.isPlaceholderData} />
              <Pager
                page={page}
                size={PAGE_SIZE}
                count={count}
                onPage={(next) => void navigate({ search: (now) => ({ ...now, page: next }) })}
              />
            </>
          )
        }
      </QueryView>
      <CreateUserDialog opened={creating} onClose={dialog.close} />
    </Page>
  );
}
