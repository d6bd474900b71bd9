import { ConfirmDialog } from "@/ui/ConfirmDialog";
import classes from "./TerminalPage.module.css";

/** Links in a terminal are written by whatever runs there, and can read differently from where they lead. */
export function LinkQuestion({ address, onClose }: { address: URL | undefined; onClose: () => void }) {
  if (address === undefined) return null;
  const open = () => {
    window.open(address.href, "_blank", "noopener,noreferrer");
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title="Open this address?"
      deed={`Open ${address.host}`}
      onConfirm={open}
      onClose={onClose}
    >
      <p>The program in the terminal names it:</p>
      <code className={classes.address}>{address.href}</code>
    </ConfirmDialog>
  );
}

interface PasteQuestionProps {
  text: string | undefined;
  onAnswer: (accepted: boolean) => void;
}

export function PasteQuestion({ text, onAnswer }: PasteQuestionProps) {
  if (text === undefined) return null;
  const lines = text.split("\n").length;
  return (
    <ConfirmDialog
      opened
      title="Paste several lines?"
      deed={`Paste ${lines} lines`}
      onConfirm={() => onAnswer(true)}
      onClose={() => onAnswer(false)}
    >
      <p>The program in the terminal will take each line for a command and run it at once:</p>
      <code className={classes.address}>{text.slice(0, 4_000)}</code>
    </ConfirmDialog>
  );
}
