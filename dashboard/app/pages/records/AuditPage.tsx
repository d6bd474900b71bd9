import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { siteChecks, usePermissions } from "@/api/permissions";
import { auditQuery } from "@/api/records";
import { searchText } from "@/modules/search";
import { type Filter, Filters } from "@/ui/Filters";
import { Page } from "@/ui/Page";
import { Pager } from "@/ui/Pager";
import { QueryView } from "@/ui/QueryView";
import { EmptyState, Forbidden, Loading } from "@/ui/States";
import { AuditStatus } from "./AuditStatus";
import { AuditTable } from "./AuditTable";
import { ExportMenu } from "./ExportMenu";

const route = getRouteApi("/signed-in/shell/audit");
const PAGE_SIZE = 25;

const actions = ["create", "write", "delete", "start", "stop", "login", "logout", "register"]
  .concat(["connect", "disconnect", "open", "close", "read"])
  .map((value) => ({ value, label: value }));

const types = [
  "workspace",
  "workspace_build",
  "template",
  "template_version",
  "user",
  "api_key",
  "git_ssh_key",
]
  .concat(["group", "organization", "organization_member", "custom_role", "workspace_agent", "workspace_app"])
  .concat(["user_secret", "audit_log"])
  .map((value) => ({ value, label: value.replaceAll("_", " ") }));

const filters: Filter[] = [
  { key: "action", label: "Action", options: actions },
  { key: "type", label: "Resource", options: types },
  { key: "username", label: "User name" },
  { key: "from", label: "From", date: true },
  { key: "to", label: "To", date: true },
];

export function AuditPage() {
  const may = usePermissions(siteChecks)?.readAudit;
  if (may === undefined) return <Loading />;
  return may ? <AuditRecords /> : <Forbidden what="read the audit log" />;
}

function AuditRecords() {
  const { page = 1, ...chosen } = route.useSearch();
  const navigate = useNavigate({ from: "/audit" });
  const q = searchText({
    action: chosen.action,
    resource_type: chosen.type,
    username: chosen.username,
    date_from: chosen.from,
    date_to: chosen.to,
  });
  const [follow, setFollow] = useState(false);
  const records = useQuery(auditQuery(q, PAGE_SIZE, (page - 1) * PAGE_SIZE, follow && page === 1));
  return (
    <Page
      title="Audit"
      intro="Every change, sign-in and connection, and every refused attempt."
      actions={
        <Group>
          <Button
            variant="default"
            aria-pressed={follow}
            disabled={page !== 1}
            onClick={() => setFollow(!follow)}
          >
            {follow && page === 1 ? "Pause" : "Follow live"}
          </Button>
          <ExportMenu log="audit" q={q} />
        </Group>
      }
    >
      <AuditStatus />
      <Filters filters={filters} values={chosen} onChange={(next) => void navigate({ search: next })} />
      <QueryView query={records}>
        {({ audit_logs, count }) =>
          audit_logs.length === 0 ? (
            <EmptyState title="No records">Nothing matches these conditions.</EmptyState>
          ) : (
            <>
              <AuditTable records={audit_logs} stale={records.isPlaceholderData} />
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
