import { Burger, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Suspense, useEffect, useRef } from "react";
import { frameAppearanceQuery } from "@/api/deployment";
import { useKeptColours } from "@/modules/appearance";
import { Banners } from "../Banners";
import { Mark } from "../Mark";
import { Loading } from "../States";
import { Bell } from "./Bell";
import { useDestinations } from "./navigation";
import classes from "./Shell.module.css";
import { UserMenu } from "./UserMenu";

/** The frame around the pages of somebody who is signed in. */
export function Shell() {
  const main = useFocusOnNavigation();
  useKeptColours();
  return (
    <>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <Banners />
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}

function Header() {
  const destinations = useDestinations();
  const [opened, drawer] = useDisclosure(false);
  const name = useQuery(frameAppearanceQuery).data?.application_name;
  return (
    <header className={classes.header}>
      <Burger
        hiddenFrom="sm"
        size="sm"
        opened={opened}
        onClick={drawer.toggle}
        aria-label="Menu"
        aria-expanded={opened}
      />
      <Link to="/workspaces" className={classes.brand}>
        <Mark />
        {name || "Cloister"}
      </Link>
      <nav className={classes.nav} aria-label="Main">
        {destinations.map(({ to, text }) => (
          <Link key={to} to={to} className={classes.link} activeOptions={{ includeSearch: false }}>
            {text}
          </Link>
        ))}
      </nav>
      <span className={classes.grow} />
      <Bell />
      <UserMenu />
      <Drawer
        opened={opened}
        onClose={drawer.close}
        size="16rem"
        title="Cloister"
        closeButtonProps={{ "aria-label": "Close the menu" }}
      >
        <nav aria-label="Main">
          {destinations.map(({ to, text }) => (
            <Link
              key={to}
              to={to}
              className={classes.drawerLink}
              activeOptions={{ includeSearch: false }}
              onClick={drawer.close}
            >
              {text}
            </Link>
          ))}
        </nav>
      </Drawer>
    </header>
  );
}

/** After a change of page the keyboard and the screen reader continue at its content, not where they were. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
