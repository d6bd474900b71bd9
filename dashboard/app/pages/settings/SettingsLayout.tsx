import { Link, Outlet } from "@tanstack/react-router";
import classes from "./SettingsLayout.module.css";

export function SettingsLayout() {
  return (
    <div className={classes.layout}>
      <nav className={classes.nav} aria-label="Settings">
        <Link to="/settings/account" className={classes.link}>
          Account
        </Link>
        <Link to="/settings/tokens" className={classes.link}>
          API tokens
        </Link>
      </nav>
      <Outlet />
    </div>
  );
}
