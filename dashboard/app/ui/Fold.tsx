import { Button } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { Section } from "./Page";

interface FoldProps {
  title: string;
  /** Whether it begins open. A later change from false to true opens it; it never closes by itself. */
  opened: boolean;
  aside?: ReactNode;
  children: ReactNode;
}

/** A section whose content exists only while it is open. */
export function Fold({ title, opened, aside, children }: FoldProps) {
  const [chosen, setChosen] = useState<boolean>();
  const [hasOpened, setHasOpened] = useState(opened);
  if (opened && !hasOpened) setHasOpened(true);
  const open = chosen ?? hasOpened;
  const content = useId();
  return (
    <Section
      title={title}
      flush
      aside={
        <>
          {aside}
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={open}
            aria-controls={content}
            aria-label={`${open ? "Hide" : "Show"} ${title.toLowerCase()}`}
            onClick={() => setChosen(!open)}
          >
            {open ? "Hide" : "Show"}
          </Button>
        </>
      }
    >
      <div id={content}>{open && children}</div>
    </Section>
  );
}
