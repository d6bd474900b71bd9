import { NumberInput, Select, Stack, Table } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { templateQuery } from "@/api/templates";
import type { PortShare, PortShareLevel, Workspace } from "@/api/types";
import { portSharesQuery, sharePort, unsharePort } from "@/api/workspaces";
import { useFieldErrors } from "@/modules/fieldErrors";
import { levelName, levelsUpTo } from "@/modules/ports";
import { ActionButton } from "@/ui/ActionButton";
import { FormSection } from "@/ui/FormSection";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { EmptyState } from "@/ui/States";
import { TableFrame } from "@/ui/TableFrame";
import { useChange, useWorkspace } from "./useWorkspace";

export function PortsPage() {
  const { workspace, reason } = useWorkspace();
  const template = useQuery(templateQuery(workspace.organization_name, workspace.template_name)).data;
  const shares = useQuery(portSharesQuery(workspace.id));
  const levels = levelsUpTo(template?.max_port_share_level);
  return (
    <Page title="Ports" intro="Ports of this workspace that others may open in their browser.">
      <Stack>
        <ShareForm workspace={workspace} levels={levels} reason={reason} />
        <Section title="Shared ports" flush>
          <QueryView query={shares}>
            {(list) =>
              list.length === 0 ? (
                <EmptyState title="No port is shared">Only you open ports of this workspace.</EmptyState>
              ) : (
                <ShareTable workspace={workspace} shares={list} reason={reason} />
              )
            }
          </QueryView>
        </Section>
      </Stack>
    </Page>
  );
}

interface ShareFormProps {
  workspace: Workspace;
  levels: PortShareLevel[];
  reason: string | undefined;
}

function ShareForm({ workspace, levels, reason }: ShareFormProps) {
  const client = useQueryClient();
  const agents = workspace.latest_build.resources.flatMap((resource) => resource.agents ?? []);
  const form = useForm({
    initialValues: {
      agent_name: agents[0]?.name ?? "",
      port: 8080 as number | string,
      protocol: "http" as PortShare["protocol"],
      share_level: (levels[0] ?? "organization") as PortShareLevel,
    },
    validate: {
      port: (value) =>
        Number.isInteger(Number(value)) && Number(value) > 0 && Number(value) < 65_536
          ? null
          : "From 1 to 65535.",
    },
  });
  const share = useChange(
    (values: typeof form.values) => sharePort(workspace.id, { ...values, port: Number(values.port) }),
    () => client.invalidateQueries(portSharesQuery(workspace.id)),
  );
  const rest = useFieldErrors(form, share.error);
  const closed =
    levels.length === 0
      ? "The template does not let ports be shared."
      : agents.length === 0
        ? "Start the workspace first."
        : undefined;
  return (
    <FormSection
      title="Share a port"
      onSubmit={form.onSubmit((values) => share.mutate(values))}
      error={rest}
      saving={share.isPending}
      deed="Share"
      reason={reason ?? closed}
    >
      {agents.length > 1 && (
        <Select
          label="Agent"
          data={agents.map(({ name }) => name)}
          allowDeselect={false}
          {...form.getInputProps("agent_name")}
        />
      )}
      <NumberInput label="Port" allowDecimal={false} clampBehavior="none" {...form.getInputProps("port")} />
      <Select
        label="It speaks"
        data={[
          { value: "http", label: "HTTP" },
          { value: "https", label: "HTTPS" },
        ]}
        allowDeselect={false}
        {...form.getInputProps("protocol")}
      />
      <Select
        label="With"
        data={levels.map((level) => ({ value: level, label: levelName(level) }))}
        allowDeselect={false}
        {...form.getInputProps("share_level")}
      />
    </FormSection>
  );
}

interface ShareTableProps {
  workspace: Workspace;
  shares: PortShare[];
  reason: string | undefined;
}

function ShareTable({ workspace, shares, reason }: ShareTableProps) {
  return (
    <TableFrame label="Ports and whom they are shared with" plain>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Port</Table.Th>
          <Table.Th visibleFrom="sm">Agent</Table.Th>
          <Table.Th>With</Table.Th>
          <Table.Th>
            <span className="visually-hidden">Action</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shares.map((share) => (
          <Table.Tr key={`${share.agent_name} ${share.port}`}>
            <Table.Td>
              {share.port} ({share.protocol.toUpperCase()})
            </Table.Td>
            <Table.Td visibleFrom="sm">{share.agent_name}</Table.Td>
            <Table.Td>{levelName(share.share_level)}</Table.Td>
            <Table.Td ta="right">
              <ActionButton
                deed="Stop sharing"
                size="xs"
                label={`Stop sharing ${share.port}`}
                title={`Stop sharing port ${share.port}?`}
                reason={reason}
                run={() => unsharePort(workspace.id, share.agent_name, share.port)}
                done={`Port ${share.port} is yours alone again.`}
                refresh={[["port-shares", workspace.id]]}
              >
                Whoever has it open is cut off.
              </ActionButton>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}
