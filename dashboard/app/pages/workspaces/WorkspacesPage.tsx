import { Group, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { organizationsQuery } from "@/api/organizations";
import { siteChecks, usePermissions } from "@/api/permissions";
import { workspacesQuery } from "@/api/workspaces";
import { useMe } from "@/modules/session";
import { ButtonLink } from "@/ui/Links";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { Quota } from "@/ui/Quota";
import { SearchField } from "@/ui/SearchField";
import { EmptyState } from "@/ui/States";
import { WorkspaceTable } from "./WorkspaceTable";

const route = getRouteApi("/signed-in/shell/workspaces");
const PAGE_SIZE = 25;

export function WorkspacesPage() {
  const { q = "", page = 1, all } = route.useSearch();
  const navigate = useNavigate({ from: "/workspaces" });
  const seesAll = usePermissions(siteChecks)?.readAllWorkspaces === true;
  const showsAll = seesAll && all === true;
  // A condition may be given once only, so one that was typed takes the place of ours.
  const text = showsAll || /\bowner:/i.test(q) ? q : `owner:me ${q}`.trim();
  const list = useQuery(workspacesQuery(text, PAGE_SIZE, (page - 1) * PAGE_SIZE));
  return (
    <Page title="Workspaces" actions={<CreateButton />}>
      <Group mb="md" gap="sm">
        <SearchField
          label="Search workspaces"
          placeholder="Name, or status:running template:java"
          value={q}
          onSearch={(next) => void navigate({ search: { q: next || undefined, all } })}
        />
        {seesAll && (
          <SegmentedControl
            size="xs"
            aria-label="Whose workspaces"
            data={[
              { value: "mine", label: "Mine" },
              { value: "all", label: "Everybody's" },
            ]}
            value={showsAll ? "all" : "mine"}
            onChange={(value) =>
              void navigate({ search: { q: q || undefined, all: value === "all" ? true : undefined } })
            }
          />
        )}
      </Group>
      {!showsAll && <Quotas />}
      <QueryView query={list}>
        {({ workspaces, count }) =>
          workspaces.length === 0 ? (
            <NoWorkspaces searched={q !== ""} />
          ) : (
            <>
              <WorkspaceTable workspaces={workspaces} withOwner={showsAll} stale={list.isPlaceholderData} />
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
    </Page>
  );
}

/** What the person's own workspaces have used, in each organization that sets a limit. */
function Quotas() {
  const me = useMe();
  const organizations = useQuery(organizationsQuery).data ?? [];
  const own = organizations.filter(({ id }) => me.organization_ids.includes(id));
  return (
    <Group mb="md" gap="lg">
      {own.map((each) => (
        <Quota
          key={each.id}
          organization={each.id}
          user={me.id}
          named={own.length > 1 ? each.display_name || each.name : undefined}
        />
      ))}
    </Group>
  );
}

function CreateButton() {
  return <ButtonLink to="/templates">Create workspace</ButtonLink>;
}

function NoWorkspaces({ searched }: { searched: boolean }) {
  if (searched)
    return <EmptyState title="Nothing matches">Try another name, or fewer conditions.</EmptyState>;
  return (
    <EmptyState title="No workspaces yet" actions={<CreateButton />}>
      A workspace is your own isolated machine, made from a template: choose one, and a minute later you have
      a shell in it.
    </EmptyState>
  );
}
