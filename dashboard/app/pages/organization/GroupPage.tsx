import { Group as Row, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { deleteGroup, groupQuery, updateGroup } from "@/api/groups";
import type { Group, GroupRequest } from "@/api/types";
import { ActionButton } from "@/ui/ActionButton";
import { Facts } from "@/ui/Facts";
import { FormDialog } from "@/ui/FormDialog";
import { GuardedButton, refusal } from "@/ui/GuardedButton";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { GroupForm } from "./GroupForm";
import { GroupMembers } from "./GroupMembers";
import { useOrganization } from "./useOrganization";

const route = getRouteApi("/signed-in/shell/organizations/$organization/groups/$group");

export function GroupPage() {
  const { organization, group: name } = route.useParams();
  const group = useQuery(groupQuery(organization, name));
  return (
    <QueryView query={group} order={1}>
      {(data) => <View group={data} />}
    </QueryView>
  );
}

function View({ group }: { group: Group }) {
  const { organization, may } = useOrganization();
  const navigate = useNavigate();
  const everyone = group.id === group.organization_id;
  const outside = group.source === "oidc" ? "Its members come from the identity provider." : undefined;
  const closed = everyone ? "Everybody in the organization belongs to it." : outside;
  return (
    <Page
      title={group.display_name || group.name}
      actions={
        <Row gap="xs">
          <EditButton group={group} mayUpdate={may?.updateGroups} />
          <ActionButton
            deed="Delete"
            title={`Delete the group ${group.name}?`}
            danger
            typed={group.name}
            reason={
              refusal(may?.deleteGroups, "delete groups") ??
              (everyone ? "The group of everybody stays." : undefined)
            }
            run={() => deleteGroup(group.id)}
            done={`The group ${group.name} is deleted.`}
            onDone={() =>
              void navigate({
                to: "/organizations/$organization/groups",
                params: { organization: organization.name },
              })
            }
            refresh={[["groups"]]}
          >
            Its members lose what was given to the group, and its quota allowance.
          </ActionButton>
        </Row>
      }
    >
      <Stack>
        <Section title="Group">
          <Facts
            entries={[
              ["Name", group.name],
              ["Members", group.total_member_count],
              ["Quota allowance", `${group.quota_allowance} credits each`],
            ]}
          />
        </Section>
        <GroupMembers group={group} reason={refusal(may?.updateGroups, "change groups") ?? closed} />
      </Stack>
    </Page>
  );
}

function EditButton({ group, mayUpdate }: { group: Group; mayUpdate: boolean | undefined }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const save = async ({ name, display_name, quota_allowance }: GroupRequest) => {
    const everyone = group.id === group.organization_id;
    const changed = await updateGroup(
      group.id,
      everyone ? { quota_allowance } : { name, display_name, quota_allowance },
    );
    dialog.close();
    await navigate({
      to: "/organizations/$organization/groups/$group",
      params: { organization: group.organization_name, group: changed.name },
      replace: true,
    });
    await client.invalidateQueries({ queryKey: ["groups"] });
  };
  return (
    <>
      <GuardedButton variant="default" reason={refusal(mayUpdate, "change groups")} onClick={dialog.open}>
        Edit
      </GuardedButton>
      <FormDialog opened={opened} onClose={dialog.close} title="Edit group">
        <GroupForm group={group} deed="Save" onSave={save} onClose={dialog.close} />
      </FormDialog>
    </>
  );
}
