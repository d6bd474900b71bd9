import type { ButtonProps } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { notifyDone } from "@/modules/notify";
import { ConfirmDialog } from "./ConfirmDialog";
import { GuardedButton } from "./GuardedButton";

interface ActionButtonProps extends ButtonProps {
  /** The deed, on the button and on the dialog's. */
  deed: string;
  /** The button's name where many of them stand in a list. */
  label?: string;
  /** Why it cannot be pressed. */
  reason?: string | undefined;
  /** The question's title. */
  title: string;
  danger?: boolean;
  /** A word that must be typed first. */
  typed?: string;
  run: () => Promise<unknown>;
  /** Said when it is done. */
  done: string;
  /** What is to be asked anew afterwards. */
  refresh?: QueryKey[];
  onDone?: () => void;
  /** What will happen. */
  children: ReactNode;
}

/** A deed with consequences: asked about first, told of afterwards. */
export function ActionButton({ deed, label, reason, title, danger, typed, ...props }: ActionButtonProps) {
  const { run, done, refresh = [], onDone, children, ...look } = props;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  // As it was asked: what becomes of the thing must not change the words of a dialog that is about to close.
  const [question, setQuestion] = useState({ deed, title, danger, typed, children });
  const action = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      setAsking(false);
      notifyDone(done);
      onDone?.();
      await Promise.all(refresh.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  const close = () => {
    setAsking(false);
    action.reset();
  };
  return (
    <>
      <GuardedButton
        variant="default"
        c={danger && reason === undefined ? "var(--cl-bad)" : undefined}
        {...look}
        reason={reason}
        onClick={() => {
          setQuestion({ deed, title, danger, typed, children });
          setAsking(true);
        }}
        aria-label={label}
      >
        {deed}
      </GuardedButton>
      <ConfirmDialog
        opened={asking}
        onClose={close}
        onConfirm={() => action.mutate()}
        title={question.title}
        deed={question.deed}
        danger={question.danger}
        typed={question.typed}
        busy={action.isPending}
        error={action.error}
      >
        {question.children}
      </ConfirmDialog>
    </>
  );
}
