import { createLink, Outlet } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type ReactNode, type Ref, Suspense } from "react";
import classes from "./SideLayout.module.css";
import { Loading } from "./States";

interface SideLayoutProps {
  label: string;
  /** What the pages below it concern. */
  heading?: ReactNode;
  /** `SideLink`s. */
  children: ReactNode;
}

/** Pages that belong together, with their names beside them, or above on a narrow screen. */
export function SideLayout({ label, heading, children }: SideLayoutProps) {
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label={label}>
        {heading && <div className={classes.heading}>{heading}</div>}
        {children}
      </nav>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </div>
  );
}

type AnchorProps = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

export const SideLink = createLink((props: AnchorProps) => <a {...props} className={classes.link} />);
