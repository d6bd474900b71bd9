import { useEffect, useState } from "react";
import { copyText } from "@/modules/clipboard";
import classes from "./CopyLine.module.css";

const SHOWN_MS = 2_000;

interface CopyLineProps {
  text: string;
  /** What is copied, for the button's name. */
  label: string;
  wrap?: boolean;
}

/** A command or secret with a button that copies it. */
export function CopyLine({ text, label, wrap = false }: CopyLineProps) {
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = window.setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [outcome]);
  const copy = async () => setOutcome((await copyText(text)) ? "copied" : "failed");
  return (
    <div className={classes.line}>
      <code
        className={wrap ? `${classes.text} ${classes.wrap}` : classes.text}
        tabIndex={wrap ? undefined : 0}
      >
        {text}
      </code>
      <button type="button" className={classes.copy} onClick={() => void copy()} aria-label={`Copy ${label}`}>
        <span aria-live="polite">
          {outcome === "copied" ? "Copied" : outcome === "failed" ? "Not copied" : "Copy"}
        </span>
      </button>
    </div>
  );
}
