import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "@/modules/useTitle";
import { Mark } from "./Mark";
import classes from "./PublicFrame.module.css";

interface PublicFrameProps {
  title: string;
  intro: ReactNode;
  children: ReactNode;
}

/** A page for somebody who is not signed in. */
export function PublicFrame({ title, intro, children }: PublicFrameProps) {
  useTitle(title);
  return (
    <main className={classes.frame}>
      <div className={classes.brand}>
        <Mark size={44} />
        Cloister
      </div>
      <div className={classes.card}>
        <Title order={1}>{title}</Title>
        <p className={classes.intro}>{intro}</p>
        {children}
      </div>
    </main>
  );
}
