import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { siteChecks, usePermissions } from "@/api/permissions";
import { connectionsQuery } from "@/api/records";
import { searchText } from "@/modules/search";
import { type Filter, Filters } from "@/ui/Filters";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { EmptyState, Forbidden, Loading } from "@/ui/States";
import { ConnectionTable } from "./ConnectionTable";
import { connectionTypes, dayEnd, dayStart } from "./connectionText";
import { ExportMenu } from "./ExportMenu";

const route = getRouteApi("/signed-in/shell/connectionlog");
const PAGE_SIZE = 25;

const filters: Filter[] = [
  {
    key: "type",
    label: "Kind",
    options: Object.entries(connectionTypes).map(([value, label]) => ({ value, label })),
  },
  {
    key: "status",
    label: "State",
    options: [
      { value: "ongoing", label: "Open" },
      { value: "completed", label: "Ended" },
    ],
  },
  { key: "username", label: "Who" },
  { key: "owner", label: "Workspace owner" },
  { key: "from", label: "From", date: true },
  { key: "to", label: "To", date: true },
];

export function ConnectionsPage() {
  const may = usePermissions(siteChecks)?.readConnections;
  if (may === undefined) return <Loading />;
  return may ? <ConnectionRecords /> : <Forbidden what="read the connection log" />;
}

function ConnectionRecords() {
  const { page = 1, ...chosen } = route.useSearch();
  const navigate = useNavigate({ from: "/connectionlog" });
  const q = searchText({
    type: chosen.type,
    status: chosen.status,
    username: chosen.username,
    workspace_owner: chosen.owner,
    connected_after: dayStart(chosen.from),
    connected_before: dayEnd(chosen.to),
  });
  const records = useQuery(connectionsQuery(q, PAGE_SIZE, (page - 1) * PAGE_SIZE));
  return (
    <Page
      title="Connections"
      intro="Every shell, terminal, app and port that was opened into a workspace."
      actions={<ExportMenu log="connectionlog" q={q} />}
    >
      <Filters filters={filters} values={chosen} onChange={(next) => void navigate({ search: next })} />
      <QueryView query={records}>
        {({ connection_logs, count }) =>
          connection_logs.length === 0 ? (
            <EmptyState title="No records">Nothing matches these conditions.</EmptyState>
          ) : (
            <>
              <ConnectionTable records={connection_logs} stale={records.isPlaceholderData} />
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
