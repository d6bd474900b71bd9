import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./styles.css";
import { installStyleNonce } from "./modules/csp";

// Before any library makes a style element; hence the import of everything else afterwards.
installStyleNonce();
const { start } = await import("./start");
start();
