import { Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTitle } from "@/modules/useTitle";
import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** Beside or below the title. */
  intro?: ReactNode;
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}

/** A page of the frame: heading, actions, content. */
export function Page({ title, intro, actions, narrow = false, children }: PageProps) {
  useTitle(title);
  return (
    <div className={narrow ? `${classes.page} ${classes.narrow}` : classes.page}>
      <header className={classes.head}>
        <div>
          <Title order={1}>{title}</Title>
          {intro && <div className={classes.intro}>{intro}</div>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  aside?: ReactNode;
  /** Content that brings its own margins, such as a table. */
  flush?: boolean;
  children: ReactNode;
}

export function Section({ title, aside, flush = false, children }: SectionProps) {
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <div className={classes.sectionHead}>
        <Title order={2} id={heading}>
          {title}
        </Title>
        {aside}
      </div>
      <div className={flush ? undefined : classes.sectionBody}>{children}</div>
    </section>
  );
}
