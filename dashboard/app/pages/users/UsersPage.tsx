import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { siteChecks, usePermissions } from "@/api/permissions";
import { usersQuery } from "@/api/users";
import { searchText } from "@/modules/search";
import { type Filter, Filters } from "@/ui/Filters";
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

const filters: Filter[] = [
  {
    key: "status",
    label: "Status",
    options: [
      { value: "active", label: "Active" },
      { value: "dormant", label: "Dormant" },
      { value: "suspended", label: "Suspended" },
    ],
  },
  {
    key: "login",
    label: "Sign-in",
    options: [
      { value: "password", label: "Password" },
      { value: "oidc", label: "Single sign-on" },
      { value: "none", label: "Tokens only" },
    ],
  },
];

export function UsersPage() {
  const may = usePermissions(siteChecks)?.readUsers;
  if (may === undefined) return <Loading />;
  return may ? <Users /> : <Forbidden what="see all accounts" />;
}

function Users() {
  const { q = "", page = 1, ...chosen } = route.useSearch();
  const navigate = useNavigate({ from: "/users" });
  const may = usePermissions(siteChecks);
  const [creating, dialog] = useDisclosure(false);
  const text = `${q} ${searchText({ status: chosen.status, login_type: chosen.login })}`.trim();
  const users = useQuery(usersQuery(text, PAGE_SIZE, (page - 1) * PAGE_SIZE));
  return (
    <Page
      title="Users"
      actions={
        <GuardedButton reason={refusal(may?.createUsers, "create accounts")} onClick={dialog.open}>
          Create user
        </GuardedButton>
      }
    >
      <Filters
        filters={filters}
        values={chosen}
        onChange={(next) => void navigate({ search: { ...next, q: q || undefined } })}
      >
        <SearchField
          label="Search users"
          placeholder="Name or e-mail, or role:auditor"
          value={q}
          onSearch={(next) => void navigate({ search: { ...chosen, q: next || undefined } })}
        />
      </Filters>
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
