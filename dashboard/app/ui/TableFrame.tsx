import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./TableFrame.module.css";

interface TableFrameProps {
  label: string;
  /** Below this width the table scrolls sideways. */
  minWidth?: number;
  /** Inside a section, which has a border already. */
  plain?: boolean;
  /** The rows belong to the previous question while the answer to the new one is awaited. */
  stale?: boolean;
  children: ReactNode;
}

/** A dense table that scrolls by itself rather than with the page. */
export function TableFrame({ label, minWidth, plain, stale, children }: TableFrameProps) {
  const names = [classes.frame, plain && classes.plain, stale && classes.stale].filter(Boolean).join(" ");
  return (
    <section className={names} aria-label={label} aria-busy={stale} tabIndex={0}>
      <Table verticalSpacing={7} horizontalSpacing="sm" fz="sm" miw={minWidth} highlightOnHover>
        {children}
      </Table>
    </section>
  );
}
