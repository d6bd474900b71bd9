import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { addMember } from "@/api/organizations";
import type { Organization } from "@/api/types";
import { useUsers } from "@/modules/candidates";
import { notifyDone } from "@/modules/notify";
import { type AccessEntry, EntryPicker } from "@/ui/AccessList";
import { DialogForm, FormDialog } from "@/ui/FormDialog";

interface AddMemberDialogProps {
  organization: Organization;
  opened: boolean;
  onClose: () => void;
}

export function AddMemberDialog({ organization, opened, onClose }: AddMemberDialogProps) {
  return (
    <FormDialog opened={opened} onClose={onClose} title="Add member">
      <AddForm organization={organization} onClose={onClose} />
    </FormDialog>
  );
}

function AddForm({ organization, onClose }: Pick<AddMemberDialogProps, "organization" | "onClose">) {
  const client = useQueryClient();
  const [picked, setPicked] = useState<AccessEntry>();
  const add = useMutation({
    mutationFn: (person: AccessEntry) => addMember(organization.id, person.id),
    onSuccess: async (_answer, person) => {
      notifyDone(`${person.name} is a member now.`);
      onClose();
      await client.invalidateQueries({ queryKey: ["members"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (picked !== undefined) add.mutate(picked);
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      error={add.error}
      saving={add.isPending}
      deed="Add member"
    >
      <EntryPicker label="Person" useCandidates={useUsers} excluded={[]} picked={picked} onPick={setPicked} />
    </DialogForm>
  );
}
