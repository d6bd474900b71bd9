import type { ReactNode } from "react";
import classes from "./Notice.module.css";

interface NoticeProps {
  tone: "warn" | "bad";
  title: string;
  /** Read out at once by screen readers: for what has just happened. */
  urgent?: boolean;
  children?: ReactNode;
}

/** Something to know before going on. */
export function Notice({ tone, title, urgent = false, children }: NoticeProps) {
  return (
    <div className={`${classes.notice} ${classes[tone]}`} role={urgent ? "alert" : "note"}>
      <div className={classes.title}>{title}</div>
      {children}
    </div>
  );
}
