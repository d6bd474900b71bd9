import { useQuery, useQueryClient } from "@tanstack/react-query";
import { setMemberRoles } from "@/api/organizations";
import { rolesQuery } from "@/api/roles";
import type { Organization, OrganizationMember } from "@/api/types";
import { notifyDone } from "@/modules/notify";
import { FormDialog } from "@/ui/FormDialog";
import { QueryView } from "@/ui/QueryView";
import { RolePicker } from "@/ui/RolePicker";

interface MemberRolesDialogProps {
  member: OrganizationMember;
  organization: Organization;
  opened: boolean;
  onClose: () => void;
}

export function MemberRolesDialog({ member, organization, opened, onClose }: MemberRolesDialogProps) {
  const client = useQueryClient();
  const save = async (names: string[]) => {
    await setMemberRoles(organization.id, member.user_id, names);
    notifyDone("The roles are saved.");
    onClose();
    await client.invalidateQueries({ queryKey: ["members"] });
  };
  return (
    <FormDialog opened={opened} onClose={onClose} title={`Roles of ${member.username}`}>
      <Choose member={member} organization={organization} onSave={save} />
    </FormDialog>
  );
}

function Choose({
  member,
  organization,
  onSave,
}: Pick<MemberRolesDialogProps, "member" | "organization"> & { onSave: (names: string[]) => Promise<void> }) {
  const roles = useQuery(rolesQuery({ organization: organization.name }));
  return (
    <QueryView query={roles}>
      {(list) => <RolePicker roles={list} given={member.roles} reason={undefined} onSave={onSave} />}
    </QueryView>
  );
}
