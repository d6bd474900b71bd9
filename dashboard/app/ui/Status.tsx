import type { StatusLook } from "@/modules/status";
import classes from "./Status.module.css";

/** A state as a coloured mark and its word. */
export function Status({ look }: { look: StatusLook }) {
  return (
    <span className={`${classes.status} ${classes[look.tone]}`}>
      <span className={classes.dot} aria-hidden="true" />
      {look.text}
    </span>
  );
}
