import { Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { aclAvailableQuery, templateAclQuery, updateTemplateAcl } from "@/api/templates";
import type { AccessRole, TemplateAcl } from "@/api/types";
import { groupEntry, personEntry } from "@/modules/candidates";
import { type AccessEntry, AccessList, type GivenAccess } from "@/ui/AccessList";
import { Page } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { useTemplate } from "./useTemplate";

const roles: { value: AccessRole; label: string }[] = [
  { value: "use", label: "Use it" },
  { value: "admin", label: "Change it" },
];

export function TemplatePermissionsPage() {
  const { template, reason } = useTemplate();
  const client = useQueryClient();
  const acl = useQuery(templateAclQuery(template.id));
  const set = async (entry: AccessEntry, role: AccessRole) => {
    const change = { [entry.id]: role };
    await updateTemplateAcl(template.id, entry.kind === "user" ? { users: change } : { groups: change });
    await client.invalidateQueries(templateAclQuery(template.id));
  };
  const useCandidates = (text: string) => {
    const found = useQuery(aclAvailableQuery(template.id, text)).data;
    return [
      ...(found?.groups ?? []).map(groupEntry),
      ...(found?.users ?? []).map((each) => personEntry(each.id, each)),
    ];
  };
  return (
    <Page title="Permissions" intro="Who may make workspaces from this template, and who may change it.">
      <Stack>
        <QueryView query={acl}>
          {(data) => (
            <AccessList
              given={given(data)}
              roles={roles}
              useCandidates={useCandidates}
              onSet={set}
              reason={reason}
              empty="Only those whose roles reach every template of the organization use it."
            />
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

function given({ group, users }: TemplateAcl): GivenAccess[] {
  return [
    ...(group ?? []).map((each) => ({ ...groupEntry(each), role: each.role })),
    ...(users ?? []).map((each) => ({ ...personEntry(each.id, each), role: each.role })),
  ];
}
