import type { ReactNode } from "react";
import classes from "./Facts.module.css";

/** Names and values in two columns. Entries without a value are left out. */
export function Facts({ entries }: { entries: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {entries
        .filter(([, value]) => value !== undefined && value !== null && value !== "")
        .map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function FactRow({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
